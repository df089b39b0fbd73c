/**
 * Hostile and mistaken traffic against the gateway under test: the probe catalogue and the adversary that sends it; no
 * judgement of what the gateway did with it.
 */
@NullMarked
package io.fieldloop.scenario.adversary;

import org.jspecify.annotations.NullMarked;
