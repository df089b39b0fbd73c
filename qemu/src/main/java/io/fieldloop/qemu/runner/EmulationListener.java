package io.fieldloop.qemu.runner;

/**
 * Receives the output and the events of one machine, in order and on one thread of its own; it must not throw, and what
 * it delays is only this machine.
 */
public interface EmulationListener {

    /** A whole line, without its end and without terminal colours. */
    void consoleLine(String line);

    /** What the line before it, or its absence, means. */
    void event(FirmwareEvent event);
}
