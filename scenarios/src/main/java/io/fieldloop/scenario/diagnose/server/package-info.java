/**
 * Diagnoses of servers' logs: who came, by the gateway's own vocabulary, how often and when, and what failed for devices. Consoles of
 * devices are read elsewhere.
 */
@NullMarked
package io.fieldloop.scenario.diagnose.server;

import org.jspecify.annotations.NullMarked;
