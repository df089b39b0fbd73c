package io.fieldloop.scenario.model.device;

import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.profile.Dialect;
import io.fieldloop.scenario.shape.annotation.Bounds;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Known;
import io.fieldloop.scenario.shape.annotation.Syntax;
import io.fieldloop.scenario.shape.annotation.Written;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device, or a group of equal devices.
 *
 * <p>{@code headers} keeps file order; a null value means that the device leaves this header out.
 */
@Doc("A device, or a group of equal devices")
public record DeviceSpec(
        @Doc("What kind of device it is") @Default("xiaozhi-wifi") @Known("device-profile")
        String profile,

        @Doc("How many of them; with more than one they are called `name#1`, `name#2`, …")
        @Default("1")
        @Bounds(min = 1, max = 100_000)
        int count,

        @Doc("Where it connects") @Default("wss://gateway.test/xiaozhi/v1/") @Written(Syntax.WEBSOCKET_URL)
        String url,

        @Doc("Whether it checks certificate dates; default: as its profile does") @Nullable
        Boolean checksDates,

        @Doc("The TLS it is built with; default: that of its profile") @Nullable
        DeviceTlsSpec tls,

        @Doc("Its settings for MQTT and voice over UDP, which it then speaks instead of WebSocket; none when absent")
        @Nullable
        DeviceMqttSpec mqtt,

        @Doc("What it believes the time to be: an offset from the right time, or an instant") @Default("0s")
        ClockSetting clock,

        @Doc("The token it sends; default: valid when the gateway requires one, else none") @Nullable
        TokenSpec token,

        @Doc("Device-Id header; default: a MAC address derived from its name and the seed") @Nullable
        String deviceId,

        @Doc("Client-Id header; default: a UUID derived from its name and the seed") @Nullable
        String clientId,

        @Doc("Version of the binary audio framing") @Default("1") @Bounds(min = 1, max = 3)
        int protocolVersion,

        @Doc("Upgrade headers to add or replace; `null` leaves one out") @Default("{}") @Written(Syntax.HEADER_NAME)
        Map<String, @Nullable String> headers,

        @Doc("Its modem, set up at power-up; without this a modem profile's was set up before") @Nullable
        ModemSpec modem,

        @Doc("It boots and asks at boot where to go; without this it was settled before") @Nullable
        DeviceOtaSpec ota,

        @Doc("Its link, if it is not the scenario's") @Nullable
        LinkSpec link,

        @Doc("How the user reacts to failures; none when absent") @Nullable
        ReconnectSpec reconnect,

        @Doc("Which authorities it knows") @Default("run-ca")
        Trust trusts,

        @Doc("Address it connects from") @Nullable @Written(Syntax.LOOPBACK_ADDRESS)
        String source,

        SourcePosition position) {
    public DeviceSpec {
        if (profile.equals("esp-mqtt") && mqtt == null) {
            throw new IllegalArgumentException("speaks nothing but MQTT and has no `mqtt`; give `mqtt: {}`");
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        DeviceProfile itself = built(profile, checksDates, tls);
        boolean commands = itself.dialect() == Dialect.XIAOZHI_MODEM;
        if (modem != null && modem.isEthernet() && commands) {
            throw new IllegalArgumentException("has a modem `" + modem.kind() + "`, a network card, and `profile: "
                    + profile + "` leaves TCP/IP to its modem; give it a profile with its own, such as xiaozhi-wifi");
        }
        if (modem != null && !commands && !modem.carriesPackets()) {
            throw new IllegalArgumentException("has a modem `" + modem.kind() + "`, and `profile: " + profile
                    + "` drives none; give it a profile that does, such as xiaozhi-ml307, or `kind: ppp`");
        }
    }

    /** Whether its own TCP/IP is behind its modem, which carries packets only. */
    public boolean dials() {
        return modem != null && built().dialect() != Dialect.XIAOZHI_MODEM;
    }

    /** Whether its TLS stack looks at the dates in a certificate. */
    public boolean checksCertificateDates() {
        return built().tls().checksDates();
    }

    /** Its profile, built as it says. */
    public DeviceProfile built() {
        return built(profile, checksDates, tls);
    }

    private static DeviceProfile built(String profile, @Nullable Boolean checksDates, @Nullable DeviceTlsSpec tls) {
        DeviceProfile stock = DeviceProfile.named(profile);
        DeviceProfile dated = checksDates == null ? stock : stock.withChecksDates(checksDates);
        return tls == null ? dated : tls.of(dated);
    }
}
