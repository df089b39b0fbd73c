/** Turns one file with a {@code matrix:} into many cases, on the YAML tree, so that positions survive. */
@NullMarked
package io.fieldloop.scenario.loader.matrix;

import org.jspecify.annotations.NullMarked;
