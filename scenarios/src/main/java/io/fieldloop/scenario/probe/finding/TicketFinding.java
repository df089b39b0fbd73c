package io.fieldloop.scenario.probe.finding;

import io.fieldloop.scenario.explain.Translation;

/**
 * What a server does to spare its clients a full handshake, in one version of TLS.
 *
 * @param bytes how long its ticket is, and 0 for none
 * @param carriesChain whether that is longer than the chain, so that it may carry it as Java's tickets do
 * @param resumed whether it took up the session of a connection before
 */
public record TicketFinding(String version, int bytes, boolean carriesChain, boolean resumed) {
    /** With lifetime, nonce and headers a longer ticket is beyond a record of 1 KiB. */
    private static final int SMALL_RECORD_TICKET_BYTES = 1000;

    public String inWords(Translation language) {
        if (bytes == 0) {
            return language.say(
                    resumed
                            ? "{0} gives no ticket, and takes a session up again by its id"
                            : "{0} gives no ticket, and takes no session up again",
                    version);
        }
        return language.say(
                resumed
                        ? "{0} gives tickets of {1} bytes, and takes a session up again"
                        : "{0} gives tickets of {1} bytes, and takes no session up again: servers behind one name need one"
                                + " ticket key",
                version,
                bytes);
    }

    /** What a device with small buffers stumbles over; empty for nothing. */
    public String warning(Translation language) {
        if (bytes <= SMALL_RECORD_TICKET_BYTES) {
            return "";
        }
        return (carriesChain
                        ? language.of(
                                "The ticket is longer than the chain, and may carry it, as those of a Java server do. ")
                        : "")
                + language.say(
                        "A ticket of {0} bytes is too long for a device with MBEDTLS_SSL_IN_CONTENT_LEN=1024: it ends with -0x7200,"
                                + " or with -0x7080 before mbedTLS 3.6.3 where it asked for short records (`fieldloop run"
                                + " tls/input-buffer-of-1-kib`).",
                        bytes);
    }
}
