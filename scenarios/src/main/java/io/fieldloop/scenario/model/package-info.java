/** What a scenario file says, as immutable records; loader, schema and reference are derived from them by reflection. */
@NullMarked
package io.fieldloop.scenario.model;

import org.jspecify.annotations.NullMarked;
