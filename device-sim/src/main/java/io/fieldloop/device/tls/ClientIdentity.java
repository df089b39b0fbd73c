package io.fieldloop.device.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a device proves itself with to a server that asks: {@code client_key} and {@code client_cert} of esp-tls.
 *
 * @param key on P-256
 */
public record ClientIdentity(PrivateKey key, List<X509Certificate> chain) {
    public ClientIdentity {
        chain = List.copyOf(chain);
    }
}
