/** The language of our files: shapes read off records, and files bound to them; knows no scenario. */
@NullMarked
package io.fieldloop.scenario.shape;

import org.jspecify.annotations.NullMarked;
