/** What a scenario file may say: its shape read off the model, its words, its JSON Schema and the written reference. */
@NullMarked
package io.fieldloop.scenario.catalogue;

import org.jspecify.annotations.NullMarked;
