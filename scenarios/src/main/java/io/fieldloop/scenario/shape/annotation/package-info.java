/** What a record says about its keys: defaults, names, bounds, references and what they mean. */
@NullMarked
package io.fieldloop.scenario.shape.annotation;

import org.jspecify.annotations.NullMarked;
