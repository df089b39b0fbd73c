package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.scenario.diagnose.tls.ClientHello;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells a client by its ClientHello: which of the known shapes offers the same cipher suites in the same order. */
final class ClientShape {
    private static final List<ClientHelloShape> KNOWN = List.of(
            ClientHelloShape.ESP_IDF_5,
            ClientHelloShape.ESP_IDF_5_ASKING_SMALL_RECORDS,
            ClientHelloShape.ESP_IDF_5_TLS_1_3,
            ClientHelloShape.ESP_IDF_4,
            ClientHelloShape.MODEM_ML307,
            ClientHelloShape.DESKTOP);

    private ClientShape() {}

    static Optional<ClientHelloShape> of(@Nullable ClientHello hello) {
        return hello == null
                ? Optional.empty()
                : KNOWN.stream()
                        .filter(shape -> shape.cipherSuites().equals(hello.suites()))
                        .min(Comparator.comparingInt(shape -> shape.extensions().equals(hello.extensions()) ? 0 : 1));
    }

    /** Whether it is mbedTLS or a modem, as far as is known. */
    static boolean isFirmware(@Nullable ClientHello hello) {
        return of(hello)
                .filter(shape -> !shape.equals(ClientHelloShape.DESKTOP))
                .isPresent();
    }
}
