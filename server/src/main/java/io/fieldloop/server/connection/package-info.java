/** One accepted connection before anybody knows what it speaks: identity, first bytes, admission, limits, and the record of its refusal. */
@NullMarked
package io.fieldloop.server.connection;

import org.jspecify.annotations.NullMarked;
