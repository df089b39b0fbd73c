/**
 * Holds Fieldloop against programs it did not write: other WebSocket libraries, openssl, nginx, a browser, a packet analyser.
 *
 * <p>Where such a program is missing its tests are skipped with the reason; {@code .ci/run} installs all of them. No
 * Fieldloop part is tested here
 * against another Fieldloop part alone.
 */
package io.fieldloop.oracle;
