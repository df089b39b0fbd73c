/** Judges a scenario's expectations over its journal; nothing here looks at anything but the journal. */
@NullMarked
package io.fieldloop.scenario.expect;

import org.jspecify.annotations.NullMarked;
