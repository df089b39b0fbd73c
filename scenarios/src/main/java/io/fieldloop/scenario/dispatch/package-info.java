/** Says what is done for each kind of a closed set; knows no such set. */
@NullMarked
package io.fieldloop.scenario.dispatch;

import org.jspecify.annotations.NullMarked;
