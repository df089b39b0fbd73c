/** Voice in UDP datagrams: AES-128-CTR under a header that is its counter, and what a device takes of what arrives. */
@NullMarked
package io.fieldloop.device.voice;

import org.jspecify.annotations.NullMarked;
