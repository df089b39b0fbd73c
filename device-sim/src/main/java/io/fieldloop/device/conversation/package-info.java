/** What device and server say to each other once they are connected: hello, listening, voice in both directions, MCP. */
@NullMarked
package io.fieldloop.device.conversation;

import org.jspecify.annotations.NullMarked;
