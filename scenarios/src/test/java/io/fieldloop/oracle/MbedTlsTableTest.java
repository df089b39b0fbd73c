package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.device.tls.ClientIdentity;
import io.fieldloop.device.tls.TlsGeneration;
import io.fieldloop.device.tls.TlsTrait;
import io.fieldloop.device.tls.Verification;
import io.fieldloop.server.pki.CertificateChain;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every measured cell of mbedTLS against our gateway: what the simulated device of that release says. */
final class MbedTlsTableTest {

    static Stream<Arguments> cells() throws IOException {
        return MbedTlsTable.cells();
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @MethodSource("cells")
    void theSimulatedDeviceEndsAsTheReleaseDid(String build, MeasuredServer server, String expected) {
        CertificateChain shown = server.clientCertificate();
        DeviceProfile profile = DeviceProfile.named("xiaozhi-wifi");
        profile = RecordCopy.with(profile, "tls.hello", shape(build));
        profile = RecordCopy.with(profile, "tls.heap.dynamicBuffers", false);
        profile = RecordCopy.with(
                profile, "tls.verification", server.isVerified() ? Verification.CHAIN_AND_NAME : Verification.NONE);
        profile = RecordCopy.with(
                profile, "tls.identity", shown == null ? null : new ClientIdentity(shown.key(), shown.chain()));
        DeviceConfig config = DeviceConfig.of("door", profile, "wss://" + server.host() + "/xiaozhi/v1/")
                .withTrustAnchors(List.of(MeasuredServer.authority().root()));
        try (LoopbackGateway gateway = server.start();
                LoopbackDevice device = new LoopbackDevice(config, gateway.port())) {
            assertThat(result(device)).isEqualTo(expected);
        }
    }

    private static ClientHelloShape shape(String build) {
        return switch (build) {
            case "2.28.3" -> TlsGeneration.named("idf-4.4").stock();
            case "3.6.2" -> TlsGeneration.named("idf-5.4").withTls13();
            case "3.6.6" -> TlsGeneration.named("idf-5.5").withTls13();
            case "4.0.0" -> before41(TlsGeneration.named("idf-6").withTls13());
            case "3.6.6-without-p384" ->
                TlsGeneration.named("idf-5.5").withTls13().withoutP384();
            case "3.6.6-without-tls13" -> TlsGeneration.named("idf-5.5").stock();
            default -> throw new IllegalArgumentException("no line of ESP-IDF is known with mbedTLS " + build);
        };
    }

    /** The line of ESP-IDF goes on to 4.1, whose fix broke RSA-PSS in TLS 1.2. */
    private static ClientHelloShape before41(ClientHelloShape shape) {
        return RecordCopy.with(
                shape,
                "traits",
                shape.traits().stream()
                        .filter(trait -> trait != TlsTrait.REFUSES_PSS_IN_TLS_1_2)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static String result(LoopbackDevice device) {
        if (device.open() instanceof ConnectOutcome.Failed failed && failed.phase() == Phase.TLS) {
            return String.valueOf(failed.code());
        }
        return device.events(DeviceEvent.Log.class)
                .filter(log -> log.message().contains("read error :-0x7780"))
                .findFirst()
                .map(log -> "ok then -0x7780")
                .orElse("ok");
    }
}
