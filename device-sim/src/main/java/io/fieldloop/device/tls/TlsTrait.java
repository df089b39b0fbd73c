package io.fieldloop.device.tls;

/** What builds of mbedTLS do differently after the ClientHello, and what other libraries do. */
public enum TlsTrait {
    /** Joins a handshake message that is cut over records, up to its input buffer; before 3.6.3 it ends with -0x7080 (Mbed-TLS #9872). */
    JOINS_FRAGMENTS,
    /** Finds an address among the alternative names; before 3.5 only host names are looked at. */
    MATCHES_ADDRESSES,
    /** Accepts certificates on curves of less than 256 bits, as 2.28 does. */
    SHORT_CURVES,
    /** Offers RSA-PSS and refuses it in TLS 1.2 with -0x6600: 3.6.6 and 4.1.0 where built with TLS 1.3 (Mbed-TLS #10668). */
    REFUSES_PSS_IN_TLS_1_2,
    /** Hands a TLS 1.3 session ticket to its reader as -0x7B00, and the reader gives up (esp-idf #13494). */
    STOPS_AT_TICKETS,
    /** mbedTLS 4: what had a low-level part returns PSA's number. */
    PSA_CODES,
    /** Keeps tickets and takes sessions up again: an application that asks esp-tls to, built with ESP_TLS_CLIENT_SESSION_TICKETS. */
    KEEPS_SESSIONS,
    /** No mbedTLS: reads a key on any curve and a handshake message of any length. */
    READS_ANYTHING
}
