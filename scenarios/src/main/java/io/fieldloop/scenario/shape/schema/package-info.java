/** The JSON Schema of a shape, with which editors complete and check files. */
@NullMarked
package io.fieldloop.scenario.shape.schema;

import org.jspecify.annotations.NullMarked;
