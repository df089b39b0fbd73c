/** The gateway's WebSocket side: the pipeline of a ws or wss port, the checks of the upgrade request, its answer, and frames. */
@NullMarked
package io.fieldloop.server.websocket;

import org.jspecify.annotations.NullMarked;
