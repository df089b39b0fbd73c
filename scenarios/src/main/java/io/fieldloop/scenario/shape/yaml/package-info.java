/** YAML with positions: the tree of a file, where each node stands, and the problems found in it. */
@NullMarked
package io.fieldloop.scenario.shape.yaml;

import org.jspecify.annotations.NullMarked;
