/** The reference gateway as a library: its configuration, its life cycle and the events it reports. */
@NullMarked
package io.fieldloop.server;

import org.jspecify.annotations.NullMarked;
