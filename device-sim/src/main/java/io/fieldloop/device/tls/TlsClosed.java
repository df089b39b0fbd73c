package io.fieldloop.device.tls;

/**
 * User event: the peer ended an established connection in an orderly way; the channel closes after it.
 *
 * <p>esp-tls returns 0 from its read in both cases and logs nothing, so a device cannot tell them apart; a journal can.
 *
 * @param closeNotify true for a close_notify alert, false for a bare FIN
 */
public record TlsClosed(boolean closeNotify) {}
