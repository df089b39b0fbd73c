/** What stands between an accepted connection and a session: first bytes, request checks, admission, limits, records of refusals. */
@NullMarked
package io.fieldloop.server.guard;

import org.jspecify.annotations.NullMarked;
