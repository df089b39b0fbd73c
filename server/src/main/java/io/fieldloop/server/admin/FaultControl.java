package io.fieldloop.server.admin;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Who puts faults on a running gateway and takes them off; the admin listener only carries what is said.
 *
 * <p>Called on event loops, one call at a time per connection.
 */
public interface FaultControl {
    /** What is on now. */
    JsonNode faults();

    /** What can be put on: names, what they do, and their parameters. */
    JsonNode kinds();

    /**
     * Puts a fault on and says what became of it.
     *
     * @throws IllegalArgumentException of one sentence: what is wrong, where, and what was expected
     */
    JsonNode begin(String request);

    /** Takes it off; false where none has this number. */
    boolean end(long number);
}
