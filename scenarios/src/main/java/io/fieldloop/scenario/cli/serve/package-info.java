/** What the command serve runs: a gateway on sockets, its certificate, its lines and its files. */
@NullMarked
package io.fieldloop.scenario.cli.serve;

import org.jspecify.annotations.NullMarked;
