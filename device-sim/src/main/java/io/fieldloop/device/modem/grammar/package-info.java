/** A modem's grammar: the commands a kind of modem knows, what each does and says, and how that is read from its file. */
@NullMarked
package io.fieldloop.device.modem.grammar;

import org.jspecify.annotations.NullMarked;
