package io.fieldloop.device.profile;

import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.device.tls.ClientIdentity;
import io.fieldloop.device.tls.HeapBudget;
import io.fieldloop.device.tls.Verification;
import org.jspecify.annotations.Nullable;

/**
 * A profile's TLS client.
 *
 * @param use which connections are TLS at all
 * @param hello which ClientHello it sends
 * @param verification what it checks of the chain and the name; a modem with {@code "auth",0,0} checks nothing
 * @param checksDates whether validity dates count; stock ESP-IDF is built without MBEDTLS_HAVE_TIME_DATE and accepts expired certificates
 * @param heap memory for TLS buffers and handshake
 * @param identity what it has for a server that asks for a certificate; null for nothing
 */
public record TlsTraits(
        TlsUse use,
        ClientHelloShape hello,
        Verification verification,
        boolean checksDates,
        HeapBudget heap,
        @Nullable ClientIdentity identity) {

    /** Whether it checks the chain and the name. */
    public boolean verifies() {
        return verification != Verification.NONE;
    }
}
