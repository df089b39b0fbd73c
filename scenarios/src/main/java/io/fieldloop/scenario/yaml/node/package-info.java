/** YAML as a tree of nodes with positions; knows nothing of scenarios. */
@NullMarked
package io.fieldloop.scenario.yaml.node;

import org.jspecify.annotations.NullMarked;
