/** Real firmware in QEMU. Nothing runs here yet: see README.md for what will. */
@NullMarked
package io.fieldloop.qemu;

import org.jspecify.annotations.NullMarked;
