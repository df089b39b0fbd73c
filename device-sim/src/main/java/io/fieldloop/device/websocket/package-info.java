/** The device's own WebSocket client: URL, upgrade request, response check and frames, written as the firmware does it, quirks included. */
@NullMarked
package io.fieldloop.device.websocket;

import org.jspecify.annotations.NullMarked;
