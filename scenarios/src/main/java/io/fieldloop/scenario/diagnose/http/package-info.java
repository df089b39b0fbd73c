/** HTTP/1 exchanges of a captured connection, up to where a WebSocket begins. */
@NullMarked
package io.fieldloop.scenario.diagnose.http;

import org.jspecify.annotations.NullMarked;
