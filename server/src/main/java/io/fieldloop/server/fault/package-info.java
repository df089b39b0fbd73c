/** The catalogue of faults as data, and their application to connections; what each phase does without a fault lives elsewhere. */
@NullMarked
package io.fieldloop.server.fault;

import org.jspecify.annotations.NullMarked;
