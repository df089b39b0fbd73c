/** Values that stand behind many keys: sizes, rates, ranges and limits; none of them knows which key it serves. */
@NullMarked
package io.fieldloop.scenario.model.value;

import org.jspecify.annotations.NullMarked;
