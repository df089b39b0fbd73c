/** The journal as JSON lines, written and read back; the same journal gives the same bytes. */
@NullMarked
package io.fieldloop.scenario.report.jsonl;

import org.jspecify.annotations.NullMarked;
