/** The run as one HTML file that works without a network; the page itself is made of resource files. */
@NullMarked
package io.fieldloop.scenario.report.html;

import org.jspecify.annotations.NullMarked;
