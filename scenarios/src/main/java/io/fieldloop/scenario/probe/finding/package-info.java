/** What an examination found out, one record for each subject. */
@NullMarked
package io.fieldloop.scenario.probe.finding;

import org.jspecify.annotations.NullMarked;
