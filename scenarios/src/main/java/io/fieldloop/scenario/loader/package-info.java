/** Loads scenario files: YAML in, cases or one-sentence problems out; nothing is run here. */
@NullMarked
package io.fieldloop.scenario.loader;

import org.jspecify.annotations.NullMarked;
