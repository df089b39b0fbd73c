/** The shape of a scenario file, read off the model's records: for the binder, as JSON Schema, and as the written reference. */
@NullMarked
package io.fieldloop.scenario.schema;

import org.jspecify.annotations.NullMarked;
