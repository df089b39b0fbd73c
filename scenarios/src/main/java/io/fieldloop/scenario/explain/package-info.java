/**
 * What each reason means to the person who meets it: the texts of {@code fieldloop explain} and of the report; who
 * decides on a reason lives elsewhere.
 */
@NullMarked
package io.fieldloop.scenario.explain;

import org.jspecify.annotations.NullMarked;
