/** Real firmware in QEMU. */
@NullMarked
package io.fieldloop.qemu;

import org.jspecify.annotations.NullMarked;
