/** Measures what the link proxy costs and how well it keeps its schedule; not part of the tests. */
@NullMarked
package io.fieldloop.device.link.bench;

import org.jspecify.annotations.NullMarked;
