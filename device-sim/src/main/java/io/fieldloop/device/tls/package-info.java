/** The device's TLS client: its ClientHello, its verdict on a certificate and its mbedTLS codes, not the WebSocket inside the channel. */
@NullMarked
package io.fieldloop.device.tls;

import org.jspecify.annotations.NullMarked;
