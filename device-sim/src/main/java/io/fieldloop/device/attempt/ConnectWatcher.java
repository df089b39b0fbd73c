package io.fieldloop.device.attempt;

import io.fieldloop.device.tls.DeviceTlsException;

/** Who is told how far the layers below have come where they are the device's own: also of names, and of TLS that failed. */
public interface ConnectWatcher extends SocketWitness {
    /** A name server was asked: lwIP gives up by itself, and no limit of the client's runs meanwhile. */
    void nameAsked();

    /** The device has an address, and connects there. */
    void nameFound(NameLookup.Found found);

    void tlsFailed(DeviceTlsException tls);
}
