/** The TLS side of a listener: versions, suites, SNI, key log, swap and TLS-phase faults, on two engines behind one door. */
@NullMarked
package io.fieldloop.server.tls;

import org.jspecify.annotations.NullMarked;
