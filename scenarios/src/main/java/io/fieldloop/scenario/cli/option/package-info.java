/** Options that several commands have, what their words mean, and the one sentence where a word is wrong. */
@NullMarked
package io.fieldloop.scenario.cli.option;

import org.jspecify.annotations.NullMarked;
