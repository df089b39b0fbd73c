/** Tests of the device's TLS client, against Bouncy Castle in lockstep and against JDK and OpenSSL servers on loopback. */
@NullMarked
package io.fieldloop.device.tls;

import org.jspecify.annotations.NullMarked;
