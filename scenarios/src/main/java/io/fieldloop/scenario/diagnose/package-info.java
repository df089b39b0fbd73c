/**
 * What a diagnosis says, whatever it was made from: causes with the evidence for each, how sure they are, and what to do. How
 * a log or a capture is read lives in the packages below.
 */
@NullMarked
package io.fieldloop.scenario.diagnose;

import org.jspecify.annotations.NullMarked;
