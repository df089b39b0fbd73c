/** What the device's TLS client computes with: Bouncy Castle's arithmetic, done once for many devices or by the platform where that is the same. */
@NullMarked
package io.fieldloop.device.tls.crypto;

import org.jspecify.annotations.NullMarked;
