/**
 * The conversation with one device over whatever carries it: hello, turns, MCP, time limits; no wire format and no
 * decision about who may connect.
 */
@NullMarked
package io.fieldloop.server.session;

import org.jspecify.annotations.NullMarked;
