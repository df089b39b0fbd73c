/** What a firmware prints on UART0, turned into the events a simulated device reports; not where the bytes come from. */
@NullMarked
package io.fieldloop.qemu.console;

import org.jspecify.annotations.NullMarked;
