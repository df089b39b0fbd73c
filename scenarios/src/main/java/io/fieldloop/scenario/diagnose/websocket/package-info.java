/** The frames of a captured WebSocket, and what device and gateway told each other in them. */
@NullMarked
package io.fieldloop.scenario.diagnose.websocket;

import org.jspecify.annotations.NullMarked;
