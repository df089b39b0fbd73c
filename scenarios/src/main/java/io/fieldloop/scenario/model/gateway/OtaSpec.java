package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Syntax;
import io.fieldloop.scenario.shape.annotation.Written;
import io.fieldloop.server.ota.OtaConfig.Imitated;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the gateway's OTA listener tells devices. */
@Doc(
        "The OTA listener at http://gateway.test:8002/xiaozhi/ota/, and inside TLS at https://gateway.test:8443/xiaozhi/ota/, and what it tells devices")
public record OtaSpec(
        @Doc("Where it sends devices; of several each check gets one by chance, and of none no check gets any")
        @Default("[ws://gateway.test:8000/xiaozhi/v1/]")
        List<@Written(Syntax.WEBSOCKET_URL) String> websocket,

        @Doc("The broker it sends devices to, host and port") @Nullable
        String mqtt,

        @Doc("Firmware it has for devices") @Nullable FirmwareOfferSpec firmware,

        @Doc("Devices are unbound until their user has entered a code; without this they belong to somebody already")
        @Nullable
        ActivationSpec activation,

        @Doc("Minutes that server_time is to be ahead of UTC") @Default("480")
        int timezone,

        @Doc("Whose answers it gives in the compat stance") @Default("manager-api")
        Imitated imitates) {
    public OtaSpec {
        websocket = List.copyOf(websocket);
    }
}
