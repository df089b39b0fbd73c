/** The run as JUnit XML, in the shape CI systems read. */
@NullMarked
package io.fieldloop.scenario.report.junit;

import org.jspecify.annotations.NullMarked;
