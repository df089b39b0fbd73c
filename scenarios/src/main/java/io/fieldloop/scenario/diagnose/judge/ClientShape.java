package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.scenario.diagnose.tls.ClientHello;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells a client by its ClientHello: which of the known shapes offers the same cipher suites in the same order. */
public final class ClientShape {
    private static final List<String> TLS_1_3_ALONE = List.of("TLSv1.3");

    private static final List<ClientHelloShape> KNOWN = List.of(
            ClientHelloShape.ESP_IDF_5,
            ClientHelloShape.ESP_IDF_5.askingSmallRecords(),
            ClientHelloShape.ESP_IDF_5_TLS_1_3,
            ClientHelloShape.ESP_IDF_5_TLS_1_3.withVersions(TLS_1_3_ALONE),
            ClientHelloShape.ESP_IDF_4,
            ClientHelloShape.MODEM_ML307,
            ClientHelloShape.DESKTOP);

    private static final int TLS_1_3 = 0x0304;

    private ClientShape() {}

    public static Optional<ClientHelloShape> of(@Nullable ClientHello hello) {
        return hello == null
                ? Optional.empty()
                : KNOWN.stream()
                        .filter(shape -> shape.cipherSuites().equals(hello.suites()))
                        .min(Comparator.comparingInt(shape -> shape.extensions().equals(hello.extensions()) ? 0 : 1));
    }

    /** Whether it offers what that shape does and in its order, be it without what belongs to older versions. */
    public static boolean isAlike(ClientHelloShape shape, ClientHello hello) {
        ClientHelloShape built = hello.versions().equals(List.of(TLS_1_3)) ? shape.withVersions(TLS_1_3_ALONE) : shape;
        return hello.suites().equals(built.cipherSuites())
                && hello.extensions()
                        .equals(built.extensions().stream()
                                .filter(hello.extensions()::contains)
                                .toList());
    }

    /**
     * The client's own clock at that time, where its library writes it into the first four octets of its random (RFC 5246 section
     * 7.4.1.2); nothing where it draws them.
     */
    public static Optional<Instant> clock(@Nullable ClientHello hello) {
        return hello != null && of(hello).filter(ClientHelloShape::stampsClock).isPresent()
                ? Optional.of(
                        Instant.ofEpochSecond(Long.parseLong(hello.random().substring(0, 8), 16)))
                : Optional.empty();
    }

    /** Whether it is mbedTLS or a modem, as far as is known. */
    static boolean isFirmware(@Nullable ClientHello hello) {
        return of(hello)
                .filter(shape -> !shape.equals(ClientHelloShape.DESKTOP))
                .isPresent();
    }
}
