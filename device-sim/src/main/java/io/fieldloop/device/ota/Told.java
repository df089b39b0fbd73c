package io.fieldloop.device.ota;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloop.device.attempt.Stoi;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.LogLevel;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the firmware's Ota object remembers of the last answer it could read; one it could not read leaves it as it was. */
final class Told {
    private static final String TAG = "Ota";
    private static final String WEBSOCKET = "websocket";
    private static final String MQTT = "mqtt";
    private static final String FIRMWARE = "firmware";
    private static final String ACTIVATION = "activation";

    private final DeviceContext context;
    private final SettingsWriter settings;
    private final Consumer<Instant> clock;
    private boolean mqtt;
    private boolean webSocket;
    private boolean newVersion;
    private String version = "";
    private String url = "";
    private String message = "";
    private @Nullable String code;
    private @Nullable String challenge;

    Told(DeviceContext context, Flash flash, Consumer<Instant> clock) {
        this.context = context;
        this.settings = new SettingsWriter(flash);
        this.clock = clock;
    }

    /** Takes an answer over, section by section; why the firmware aborts on it, or null. */
    @Nullable
    String take(CheckAnswer answer, String running) {
        code = answer.text(ACTIVATION, "code");
        challenge = answer.text(ACTIVATION, "challenge");
        String text = answer.text(ACTIVATION, "message");
        message = text == null ? message : text;
        mqtt = answer.has(MQTT);
        webSocket = answer.has(WEBSOCKET);
        String abort = null;
        if (mqtt) {
            abort = store(MQTT, answer.section(MQTT));
        } else {
            context.log(LogLevel.INFO, TAG, "No mqtt section found !");
        }
        if (abort == null && webSocket) {
            abort = store(WEBSOCKET, answer.section(WEBSOCKET));
        } else if (abort == null) {
            context.log(LogLevel.INFO, TAG, "No websocket section found!");
        }
        if (abort == null) {
            takeTime(answer);
            abort = takeFirmware(answer, running);
        }
        return abort;
    }

    private @Nullable String store(String namespace, JsonNode section) {
        String error = settings.store(namespace, section);
        return error == null ? null : "ESP_ERROR_CHECK failed: " + error;
    }

    private void takeTime(CheckAnswer answer) {
        Instant local = answer.localTime();
        if (local != null) {
            clock.accept(local);
            context.emit(new DeviceEvent.ClockSet(local.toString()));
        } else if (!answer.has("server_time")) {
            context.log(LogLevel.WARN, TAG, "No server_time section found!");
        }
    }

    private @Nullable String takeFirmware(CheckAnswer answer, String running) {
        newVersion = false;
        if (!answer.has(FIRMWARE)) {
            context.log(LogLevel.WARN, TAG, "No firmware section found!");
            return null;
        }
        String offered = answer.text(FIRMWARE, "version");
        String from = answer.text(FIRMWARE, "url");
        version = offered == null ? version : offered;
        url = from == null ? url : from;
        if (offered == null || from == null) {
            return null;
        }
        try {
            newVersion = FirmwareVersion.isNewer(offered, running);
        } catch (Stoi.ThrownException thrown) {
            return thrown.getMessage();
        }
        context.log(
                LogLevel.INFO, TAG, newVersion ? "New version available: " + offered : "Current is the latest version");
        newVersion |= answer.forced();
        return null;
    }

    boolean mqtt() {
        return mqtt;
    }

    boolean webSocket() {
        return webSocket;
    }

    /** Both, one or {@code nothing}. */
    String offers() {
        String offers = Stream.of(webSocket ? WEBSOCKET : "", mqtt ? MQTT : "")
                .filter(offer -> !offer.isEmpty())
                .collect(Collectors.joining("+"));
        return offers.isEmpty() ? "nothing" : offers;
    }

    /** The firmware to install, or null. */
    @Nullable
    String newVersion() {
        return newVersion ? version : null;
    }

    String url() {
        return url;
    }

    boolean needsActivation() {
        return code != null || challenge != null;
    }

    @Nullable
    String code() {
        return code;
    }

    @Nullable
    String challenge() {
        return challenge;
    }

    String message() {
        return message;
    }
}
