package io.fieldloop.server.ota;

import static io.fieldloop.server.ota.OtaRequests.BODY;
import static io.fieldloop.server.ota.OtaRequests.DEVICE;
import static io.fieldloop.server.ota.OtaRequests.ask;
import static io.fieldloop.server.ota.OtaRequests.bodyOf;
import static io.fieldloop.server.ota.OtaRequests.check;
import static io.fieldloop.server.ota.OtaRequests.get;
import static io.fieldloop.server.ota.OtaRequests.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.FrozenGateway;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.ota.OtaConfig.Activation;
import io.fieldloop.server.ota.OtaConfig.Firmware;
import io.fieldloop.server.ota.OtaConfig.Imitated;
import io.fieldloop.server.ota.OtaConfig.Mqtt;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The answers of the two servers of xiaozhi-esp32-server, whose errors a device takes for good answers. */
class CompatOtaTest {
    private static final Firmware NEWER = new Firmware(FirmwareImage.sample("1.0.1", 5000), "1.0.1", false);
    private static final Mqtt BROKER = new Mqtt("192.168.0.7:1883", "key");

    private static FrozenGateway gateway(UnaryOperator<OtaConfig.Builder> more) {
        return OtaRequests.gateway(Stance.COMPAT, more);
    }

    @Test
    void managerApiTellsEveryErrorWithStatus200() {
        try (FrozenGateway gateway = gateway(ota -> ota)) {
            String failed = "{\"code\":500,\"msg\":\"服务器内部异常\",\"data\":null}";
            assertThat(ask(gateway, post("/xiaozhi/ota/", BODY, "Device-Id:")))
                    .startsWith("HTTP/1.1 200")
                    .endsWith(failed);
            assertThat(ask(gateway, post("/xiaozhi/ota/", "{")))
                    .startsWith("HTTP/1.1 200")
                    .endsWith(failed);
            assertThat(bodyOf(ask(gateway, post("/xiaozhi/ota/", BODY, "Device-Id: nothing"))))
                    .isEqualTo("{\"error\":\"Invalid device ID\"}");
            assertThat(bodyOf(ask(gateway, post("/xiaozhi/ota/", BODY, "Device-Id: GG:ff:e0:b3:35:76"))))
                    .as("its pattern takes letters beyond F")
                    .contains("\"websocket\"");
        }
    }

    @Test
    void managerApiOffersBothProtocolsAndChangesTheClientIdWhenADeviceIsBound() {
        Activation activation = new Activation(Duration.ofMinutes(1), Map.of());
        try (FrozenGateway gateway = gateway(ota -> ota.mqtt(BROKER).activation(activation))) {
            assertThat(bodyOf(check(gateway)))
                    .contains("\"challenge\":\"" + DEVICE + "\"", "NOT_ACTIVATED_FIRMWARE", "\"websocket\":{")
                    .contains("\"client_id\":\"GID_default@@@10_ff_e0_b3_35_76@@@10_ff_e0_b3_35_76\"")
                    .contains("\"subscribe_topic\":\"devices/p2p/10_ff_e0_b3_35_76\"");
            assertThat(ask(gateway, post("/xiaozhi/ota/activate", "anything"))).startsWith("HTTP/1.1 202");
            gateway.advance(Duration.ofMinutes(1));
            assertThat(ask(gateway, post("/xiaozhi/ota/activate", "anything"))).startsWith("HTTP/1.1 200");
            assertThat(bodyOf(check(gateway)))
                    .doesNotContain("activation")
                    .contains("\"client_id\":\"bread-compact-wifi@@@");
        }
    }

    @Test
    void managerApiEndsALinkWithItsThirdDownload() {
        try (FrozenGateway gateway = gateway(ota -> ota.firmware(NEWER))) {
            String body = bodyOf(check(gateway));
            int at = body.indexOf("/xiaozhi/otaMag/download/");
            String path = body.substring(at, body.indexOf('"', at));
            for (int download = 1; download <= 3; download++) {
                assertThat(ask(gateway, get(path))).startsWith("HTTP/1.1 200");
            }
            assertThat(ask(gateway, get(path))).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void singleModuleOffersOneProtocolAndDownloadsByName() {
        try (FrozenGateway gateway =
                gateway(ota -> ota.imitates(Imitated.SINGLE_MODULE).mqtt(BROKER).firmware(NEWER))) {
            assertThat(bodyOf(check(gateway)))
                    .contains("\"client_id\":\"GID_bread-compact-wifi@@@", "\"username\":\"eyJpcCI6ICJ1bmtub3duIn0=\"")
                    .contains("/xiaozhi/ota/download/bread-compact-wifi_1.0.1.bin")
                    .doesNotContain("websocket");
            assertThat(ask(gateway, get("/xiaozhi/ota/download/bread-compact-wifi_1.0.1.bin", "Range: bytes=0-9")))
                    .startsWith("HTTP/1.1 206");
            assertThat(bodyOf(ask(gateway, post("/xiaozhi/ota/", BODY, "Device-Id:"))))
                    .isEqualTo("{\"success\":false,\"message\":\"request error.\"}");
        }
    }
}
