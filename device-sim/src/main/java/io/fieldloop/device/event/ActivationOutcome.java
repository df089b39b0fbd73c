package io.fieldloop.device.event;

/** What came of asking once whether the device is bound. */
public enum ActivationOutcome {
    ACTIVATED,
    /** Status 202: the user has not entered the code yet. */
    PENDING,
    /** Any other status, or none. */
    REFUSED,
    /** There was a code to show and no challenge, so that nothing was asked. */
    NO_CHALLENGE
}
