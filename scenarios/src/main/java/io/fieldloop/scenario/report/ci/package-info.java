/** A run in the forms that CI systems show beside a build. */
@NullMarked
package io.fieldloop.scenario.report.ci;

import org.jspecify.annotations.NullMarked;
