package io.fieldloop.device.modem;

import io.fieldloop.device.modem.grammar.AtCommand;
import io.fieldloop.device.modem.grammar.AtRule;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What a client inside a modem needs of the modem around it: its UART, its grammar, its settings, its timers. */
interface Dialogue {

    String setting(String name);

    /** The number of what went wrong. */
    String error(String problem);

    /** Its rules and lines find it by that name from now on. */
    void set(String name, String value);

    /** Says what the rule says, and is free for the next command. */
    void answer(AtRule rule, AtCommand command);

    /** The same, with an error: a key of the kind's errors. */
    void refuse(String problem);

    /** Asks for so many bytes, which are all it hears until they are there. */
    void prompt(int length, Consumer<String> data);

    /** Says the lines of an event of its kind. */
    void tell(String event, UnaryOperator<String> values);

    /** Unless it restarts first. */
    void later(Duration delay, Runnable task);
}
