/** The catalogue of faults as data, and which connections they apply to; what carries them out lives where they act. */
@NullMarked
package io.fieldloop.server.fault;

import org.jspecify.annotations.NullMarked;
