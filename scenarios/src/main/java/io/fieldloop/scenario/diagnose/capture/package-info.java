/** Capture files as packets: classic pcap and pcapng, link layers, and IP; knows no protocol above TCP and UDP headers. */
@NullMarked
package io.fieldloop.scenario.diagnose.capture;

import org.jspecify.annotations.NullMarked;
