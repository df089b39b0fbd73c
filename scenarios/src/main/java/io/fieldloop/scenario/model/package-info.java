/** What a scenario file says, as immutable records: the scenario, its steps and expectations; loader, schema and reference are derived from them by reflection. */
@NullMarked
package io.fieldloop.scenario.model;

import org.jspecify.annotations.NullMarked;
