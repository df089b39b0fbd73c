/** QEMU in a container: its engine, its images, and containers that outlived their run. */
@NullMarked
package io.fieldloop.qemu.runner.container;

import org.jspecify.annotations.NullMarked;
