/** The conversation of one upgraded device: frames, hello, turns, audio framing, MCP; nothing here decides who may connect. */
@NullMarked
package io.fieldloop.server.session;

import org.jspecify.annotations.NullMarked;
