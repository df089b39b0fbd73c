/** The TLS side of a listener: versions, suites, SNI, key log, certificate swap and TLS faults, on two engines. */
@NullMarked
package io.fieldloop.server.tls;

import org.jspecify.annotations.NullMarked;
