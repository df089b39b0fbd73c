package io.fieldloop.device.tls;

import static io.fieldloop.device.tls.TlsTrait.JOINS_FRAGMENTS;
import static io.fieldloop.device.tls.TlsTrait.MATCHES_ADDRESSES;
import static io.fieldloop.device.tls.TlsTrait.PSA_CODES;
import static io.fieldloop.device.tls.TlsTrait.REFUSES_PSS_IN_TLS_1_2;
import static io.fieldloop.device.tls.TlsTrait.STOPS_AT_TICKETS;

import io.fieldloop.device.record.RecordCopy;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An ESP-IDF release line by the TLS it is built with; data only.
 *
 * <p>The mbedTLS of a line is that of its latest patch release as far as known (5.5.5: 3.6.6); an older patch release of the same line has an
 * older one. What a version does was measured on upstream builds of 2.28.3, 3.6.2 and 3.6.6; up to which line esp-tls stops at a ticket is
 * assumed.
 *
 * @param name as scenario files write it
 * @param mbedTls its mbedTLS
 * @param stock its client as it is by default, without TLS 1.3
 * @param withTls13 the same built with MBEDTLS_SSL_PROTO_TLS1_3; where there is no such build, the stock one
 */
public record TlsGeneration(String name, String mbedTls, ClientHelloShape stock, ClientHelloShape withTls13) {

    private static final Set<TlsTrait> SINCE_3_5 = Set.of(MATCHES_ADDRESSES);
    private static final Set<TlsTrait> SINCE_3_6_3 = with(SINCE_3_5, JOINS_FRAGMENTS);

    private static final List<TlsGeneration> ALL = List.of(
            new TlsGeneration("idf-4.4", "2.28", ClientHelloShape.ESP_IDF_4, ClientHelloShape.ESP_IDF_4),
            line("idf-5.0", "3.4", ClientHelloShape.ESP_IDF_5, Set.of(), STOPS_AT_TICKETS),
            line("idf-5.1", "3.4", ClientHelloShape.ESP_IDF_5, Set.of(), STOPS_AT_TICKETS),
            line("idf-5.2", "3.5", ClientHelloShape.ESP_IDF_5, SINCE_3_5, STOPS_AT_TICKETS),
            line("idf-5.3", "3.6.2", ClientHelloShape.ESP_IDF_5, SINCE_3_5, STOPS_AT_TICKETS),
            line("idf-5.4", "3.6.2", ClientHelloShape.ESP_IDF_5, SINCE_3_5),
            line("idf-5.5", "3.6.6", ClientHelloShape.ESP_IDF_5, SINCE_3_6_3, REFUSES_PSS_IN_TLS_1_2),
            line("idf-6", "4.1", ClientHelloShape.ESP_IDF_6, with(SINCE_3_6_3, PSA_CODES), REFUSES_PSS_IN_TLS_1_2));

    private static TlsGeneration line(
            String name, String mbedTls, ClientHelloShape hello, Set<TlsTrait> traits, TlsTrait... ofTls13) {
        return new TlsGeneration(
                name,
                mbedTls,
                RecordCopy.with(hello, "traits", traits),
                RecordCopy.with(hello.withTls13(), "traits", with(traits, ofTls13)));
    }

    private static Set<TlsTrait> with(Set<TlsTrait> traits, TlsTrait... more) {
        return Stream.concat(traits.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }

    /** Every line, oldest first. */
    public static List<TlsGeneration> all() {
        return ALL;
    }

    /** The line of that name, which is one of {@link #all}. */
    public static TlsGeneration named(String name) {
        return ALL.stream()
                .filter(generation -> generation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown TLS generation '" + name + "'"));
    }
}
