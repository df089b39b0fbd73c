/** Records as data: copies that differ in one component. */
@NullMarked
package io.fieldloop.device.record;

import org.jspecify.annotations.NullMarked;
