/**
 * One space for the numbers that devices, servers and modems print: whatever the radix, sign and width, what may be meant. Which
 * line has which number is not known here.
 */
@NullMarked
package io.fieldloop.scenario.diagnose.number;

import org.jspecify.annotations.NullMarked;
