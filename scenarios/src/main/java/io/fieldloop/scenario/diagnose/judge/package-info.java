/** Judges of one connection: each reads what it understands and names a cause, or none. */
@NullMarked
package io.fieldloop.scenario.diagnose.judge;

import org.jspecify.annotations.NullMarked;
