/** The device's TLS client: its ClientHello, its verdict on a certificate and its mbedTLS codes, not the arithmetic below nor the WebSocket inside. */
@NullMarked
package io.fieldloop.device.tls;

import org.jspecify.annotations.NullMarked;
