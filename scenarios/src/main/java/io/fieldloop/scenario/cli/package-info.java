/** The command line: arguments in, exit codes and sentences out; nothing is decided here. */
@NullMarked
package io.fieldloop.scenario.cli;

import org.jspecify.annotations.NullMarked;
