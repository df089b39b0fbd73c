/** Certificates of a run: the authority that mints them, their defects, and PEM files; no TLS lives here. */
@NullMarked
package io.fieldloop.server.pki;

import org.jspecify.annotations.NullMarked;
