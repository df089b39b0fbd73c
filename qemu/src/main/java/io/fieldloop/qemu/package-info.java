/** Real firmware in QEMU: so far its flash images, in {@code flash}; README.md says what is still to come. */
@NullMarked
package io.fieldloop.qemu;

import org.jspecify.annotations.NullMarked;
