/** Fieldloop in a test of one's own: scenarios as JUnit tests, and gateway, link and devices that a test starts and stops. */
@NullMarked
package io.fieldloop.scenario.junit;

import org.jspecify.annotations.NullMarked;
