package io.fieldloop.server.ota;

import static io.fieldloop.server.ota.OtaRequests.bodyOf;
import static io.fieldloop.server.ota.OtaRequests.check;
import static io.fieldloop.server.ota.OtaRequests.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.FrozenGateway;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.OtaFault;
import io.fieldloop.server.ota.OtaConfig.Activation;
import io.fieldloop.server.ota.OtaConfig.Firmware;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OtaFaultsTest {
    private static final FirmwareImage IMAGE = FirmwareImage.sample("1.0.1", 50_000);
    private static final String FIRMWARE = "/xiaozhi/ota/download/1.0.1.bin";

    private static FrozenGateway gateway(FaultAction... faults) {
        return OtaRequests.gateway(
                Stance.HARDENED,
                ota -> ota.firmware(new Firmware(IMAGE, "1.0.1", false))
                        .activation(new Activation(Duration.ofMinutes(1), Map.of())),
                faults);
    }

    static Stream<Arguments> bends() {
        return Stream.of(
                Arguments.of(new OtaFault.OtaStatus(500, "no"), "HTTP/1.1 500", "no"),
                Arguments.of(
                        new OtaFault.OtaRedirect("https://elsewhere/", 301),
                        "HTTP/1.1 301",
                        "Location: https://elsewhere/"),
                Arguments.of(new OtaFault.OtaErrorObject(), "HTTP/1.1 200", "{\"code\":500,"),
                Arguments.of(
                        new OtaFault.RawOta("SSH-2.0-OpenSSH_9.2\r\n", OtaFault.StopDownload.How.CLOSE),
                        "SSH-2.0-OpenSSH_9.2\r\n",
                        ""),
                Arguments.of(
                        new OtaFault.ChunkOtaBody(Duration.ZERO), "HTTP/1.1 200", "Transfer-Encoding: chunked\r\n"),
                Arguments.of(
                        new OtaFault.HandOutHost("172.18.0.2"), "HTTP/1.1 200", "ws://172.18.0.2:8000/xiaozhi/v1/"),
                Arguments.of(new OtaFault.OfferMqttToo("a.test:1883"), "HTTP/1.1 200", "\"endpoint\":\"a.test:1883\""),
                Arguments.of(new OtaFault.OfferVersion("v2.0", true), "HTTP/1.1 200", "\"version\":\"v2.0\""),
                Arguments.of(
                        new OtaFault.ShiftServerTime(Duration.ofHours(1)),
                        "HTTP/1.1 200",
                        "\"timestamp\":1772604367000"));
    }

    @ParameterizedTest
    @MethodSource("bends")
    void bendsTheAnswerAndSaysSo(FaultAction fault, String status, String part) {
        try (FrozenGateway gateway = gateway(fault)) {
            assertThat(check(gateway)).startsWith(status).contains(part);
            assertThat(gateway.events().only(GatewayEvent.FaultApplied.class).fault())
                    .isEqualTo(fault.wireName());
        }
    }

    @Test
    void leavesOutWhatItIsToldTo() {
        try (FrozenGateway gateway = gateway(
                new OtaFault.OfferNothing(),
                new OtaFault.OmitServerTime(),
                new OtaFault.OmitChallenge(),
                new OtaFault.OmitContentLength())) {
            assertThat(check(gateway))
                    .contains("\"code\"")
                    .doesNotContain("websocket", "server_time", "challenge", "Content-Length");
            assertThat(gateway.events().only(GatewayEvent.OtaAnswered.class).offers())
                    .isEqualTo("nothing");
        }
    }

    @Test
    void givesNoAnswerOrALateOne() {
        try (FrozenGateway gateway = gateway(new OtaFault.DelayOta(Duration.ofSeconds(5)))) {
            FrozenGateway.Client client = gateway.connect().send(OtaRequests.post("/xiaozhi/ota/", OtaRequests.BODY));
            assertThat(client.text()).isEmpty();
            gateway.advance(Duration.ofSeconds(5));
            assertThat(client.text()).startsWith("HTTP/1.1 200");
        }
        try (FrozenGateway gateway = gateway(new OtaFault.CloseBeforeOta())) {
            FrozenGateway.Client client = gateway.connect().send(OtaRequests.post("/xiaozhi/ota/", OtaRequests.BODY));
            assertThat(client.closed()).isTrue();
            assertThat(client.text()).isEmpty();
        }
    }

    @Test
    void sendsTheLineEndOfTheFirstChunkLater() {
        try (FrozenGateway gateway = gateway(new OtaFault.ChunkOtaBody(Duration.ofMillis(50)))) {
            FrozenGateway.Client client = gateway.connect().send(OtaRequests.post("/xiaozhi/ota/", OtaRequests.BODY));
            assertThat(client.text()).startsWith("HTTP/1.1 200").doesNotEndWith("\r\n");
            gateway.advance(Duration.ofMillis(50));
            assertThat(client.text()).startsWith("\r\n").endsWith("\r\n0\r\n\r\n");
        }
    }

    @Test
    void stopsADownloadInTheMiddleAndLeavesChecksAlone() {
        try (FrozenGateway gateway = gateway(new OtaFault.StopDownload(60, OtaFault.StopDownload.How.RESET))) {
            assertThat(check(gateway)).startsWith("HTTP/1.1 200");
            assertThat(gateway.events().of(GatewayEvent.FaultApplied.class)).isEmpty();

            FrozenGateway.Client client = gateway.connect().send(get(FIRMWARE));
            assertThat(client.reset()).isTrue();
            assertThat(gateway.events().of(GatewayEvent.FaultApplied.class)).hasSize(1);
            GatewayEvent.FirmwareSent sent = gateway.events().only(GatewayEvent.FirmwareSent.class);
            assertThat(sent.bytes()).isEqualTo(IMAGE.length() * 60L / 100);
            assertThat(sent.complete()).isFalse();
        }
    }

    @Test
    void servesAMergedImageThatBeginsWithErasedFlash() {
        try (FrozenGateway gateway = gateway(new OtaFault.MergedImage())) {
            String answer = OtaRequests.ask(gateway, get(FIRMWARE));
            assertThat(answer).contains("Content-Length: " + (IMAGE.length() + 4096) + "\r\n");
            assertThat(bodyOf(answer)).startsWith("\uFFFD\uFFFD"); // 0xFF is no UTF-8
        }
    }
}
