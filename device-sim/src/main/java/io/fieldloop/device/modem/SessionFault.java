package io.fieldloop.device.modem;

/** What becomes of a PPP session. */
public enum SessionFault {
    /** The network ends it by a request, in order. */
    TERMINATES,
    /** The carrier is lost: {@code NO CARRIER} in the middle of the stream, and nothing behind it. */
    LOSES_CARRIER,
    /** The device's echo requests are no longer answered; everything else goes on. */
    IGNORES_ECHOES,
    /** Nothing comes any more, and nothing is taken. */
    FALLS_SILENT
}
