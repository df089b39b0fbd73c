package io.fieldloop.device.attempt;

/** An attempt to open the audio channel that is under way. */
public interface OpenAttempt {

    /** The user gives up, or closes the channel before it is open. */
    void cancel();
}
