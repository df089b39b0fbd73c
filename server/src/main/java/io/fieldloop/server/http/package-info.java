/** HTTP answers as exact bytes, for every listener that speaks HTTP; what is asked and judged lives with its protocol. */
@NullMarked
package io.fieldloop.server.http;

import org.jspecify.annotations.NullMarked;
