/** The link under a byte stream: holds back, delivers and ends what a connection sends. */
@NullMarked
package io.fieldloop.device.link.stream;

import org.jspecify.annotations.NullMarked;
