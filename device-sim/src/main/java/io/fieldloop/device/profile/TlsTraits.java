package io.fieldloop.device.profile;

import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.device.tls.HeapBudget;

/**
 * A profile's TLS client.
 *
 * @param use which connections are TLS at all
 * @param hello which ClientHello it sends
 * @param verifies whether it checks the chain and the name; a modem with {@code "auth",0,0} checks nothing
 * @param checksDates whether validity dates count; stock ESP-IDF is built without MBEDTLS_HAVE_TIME_DATE and accepts expired certificates
 * @param heap memory for TLS buffers and handshake
 */
public record TlsTraits(TlsUse use, ClientHelloShape hello, boolean verifies, boolean checksDates, HeapBudget heap) {}
