/** Voice in a capture's UDP packets, as xiaozhi devices and their gateways send it: who spoke, and what the numbers say is missing. */
@NullMarked
package io.fieldloop.scenario.diagnose.voice;

import org.jspecify.annotations.NullMarked;
