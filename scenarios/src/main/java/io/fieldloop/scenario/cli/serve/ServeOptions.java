package io.fieldloop.scenario.cli.serve;

import io.fieldloop.scenario.cli.option.AdmissionOptions;
import io.fieldloop.scenario.cli.option.CertificateOptions;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.LiveOptions;
import io.fieldloop.scenario.cli.option.ServerOptions;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.WireNames;
import io.fieldloop.server.ota.FirmwareImage;
import io.fieldloop.server.ota.OtaConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code fieldloop serve} is told, read one value at a time; a value that cannot be is one sentence. */
public final class ServeOptions {
    @Mixin
    ListenOptions listen = new ListenOptions();

    @Mixin
    public CertificateOptions certificate = new CertificateOptions();

    @Mixin
    AdmissionOptions admission = new AdmissionOptions();

    @Mixin
    public LiveOptions live = new LiveOptions();

    @Option(
            names = "--mqtt-key",
            paramLabel = "KEY|@FILE",
            description = "Asks MQTT clients for passwords signed with this key; without, any will do.")
    private @Nullable String mqttKey;

    @Option(
            names = "--firmware",
            paramLabel = "BIN",
            description = "An application's image, such as xiaozhi.bin, for devices whose version is older.")
    private @Nullable Path firmware;

    @Option(
            names = "--stance",
            paramLabel = "STANCE",
            description =
                    "hardened (default): refuses before the upgrade and says why; compat: as xiaozhi-esp32-server.")
    private String stance = "hardened";

    @Option(
            names = "--session",
            paramLabel = "SESSION",
            description =
                    "xiaozhi (default): hello, turns, MCP; echo: every message comes back, for conformance suites.")
    private String session = "xiaozhi";

    @Option(
            names = "--token-key",
            paramLabel = "KEY|@FILE",
            description = "Asks devices for a token made with this key; @FILE keeps it off the process list.")
    private @Nullable String tokenKey;

    @Option(names = "--token-for", paramLabel = "DEVICE_ID,CLIENT_ID", description = "Prints a token for this device.")
    private @Nullable String tokenFor;

    @Option(
            names = "--refusals",
            paramLabel = "FILE",
            description = "Appends each refusal to this file as a line of JSON, for a firewall or a SIEM.")
    @Nullable
    public Path refusals;

    /** Null where any credentials do. */
    @Nullable
    String mqttKey() {
        return mqttKey == null ? null : secret("--mqtt-key", mqttKey);
    }

    /** What devices are told at {@code --ota}. */
    OtaConfig ota() {
        String url = listen.websocketUrl(certificate.names);
        String endpoint = listen.mqttEndpoint();
        String key = mqttKey();
        return OtaConfig.builder()
                .websocketUrls(url == null ? List.of() : List.of(url))
                .mqtt(endpoint == null ? null : new OtaConfig.Mqtt(endpoint, key == null ? "any will do" : key))
                .firmware(firmware == null ? null : firmware(firmware))
                .build();
    }

    private static OtaConfig.Firmware firmware(Path file) {
        try {
            FirmwareImage image = FirmwareImage.of(Files.readAllBytes(file));
            if (image.version().isEmpty()) {
                throw new CliException("--firmware " + file
                        + " is no application's image: it names no version; expected a file such as xiaozhi.bin.");
            }
            return new OtaConfig.Firmware(image, image.version(), false);
        } catch (IOException e) {
            throw new CliException("--firmware " + file + " cannot be read; give the path of an image.");
        }
    }

    Stance stance() {
        for (Stance each : Stance.values()) {
            if (WireNames.kebab(each.name()).equals(stance)) {
                return each;
            }
        }
        throw new CliException("--stance " + stance + " is unknown; there are hardened and compat.");
    }

    boolean echoes() {
        if (!session.equals("echo") && !session.equals("xiaozhi")) {
            throw new CliException("--session " + session + " is unknown; there are xiaozhi and echo.");
        }
        return session.equals("echo");
    }

    /** Null where no token is asked for. */
    @Nullable
    String tokenKey() {
        return tokenKey == null ? null : secret("--token-key", tokenKey);
    }

    private static String secret(String option, String given) {
        if (!given.startsWith("@")) {
            return notEmpty(given, option);
        }
        String file = given.substring(1);
        return notEmpty(ServerOptions.secret(option, file), "The file " + file + " of " + option);
    }

    /** The device and the client a sample token is wanted for, or empty. */
    public List<String> tokenFor() {
        if (tokenFor == null) {
            return List.of();
        }
        List<String> pair = List.of(tokenFor.split(",", -1));
        if (pair.size() != 2 || pair.get(0).isBlank() || pair.get(1).isBlank()) {
            throw new CliException("--token-for " + tokenFor + " is no pair; write it as DEVICE_ID,CLIENT_ID.");
        }
        if (tokenKey == null) {
            throw new CliException("--token-for needs --token-key: without a key no token is asked for.");
        }
        return pair;
    }

    private static String notEmpty(String value, String what) {
        if (value.isEmpty()) {
            throw new CliException(what + " is empty; give the key that is signed with.");
        }
        return value;
    }
}
