/** What both ends of a captured TLS connection said: in the clear, and with the secrets of a key log also what they encrypted. */
@NullMarked
package io.fieldloop.scenario.diagnose.tls;

import org.jspecify.annotations.NullMarked;
