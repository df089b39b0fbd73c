/** The language of our files: shapes read off records, YAML with positions bound to them, their JSON Schema; knows no scenario. */
@NullMarked
package io.fieldloop.scenario.shape;

import org.jspecify.annotations.NullMarked;
