package io.fieldloop.scenario.cli;

import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.admin.AdminConfig;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.WireNames;
import io.fieldloop.server.ota.FirmwareImage;
import io.fieldloop.server.ota.OtaConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code fieldloop serve} is told, read one value at a time; a value that cannot be is one sentence. */
final class ServeOptions {
    private static final int PORT_MAX = 65_535;
    private static final int WS_PORT = 8000;
    private static final int ADMIN_PORT = 8080;

    @Mixin
    AdmissionOptions admission = new AdmissionOptions();

    @Option(names = "--ws", paramLabel = "PORT", description = "Port for ws://; 0 takes any free one.")
    private @Nullable Integer ws;

    @Option(names = "--wss", paramLabel = "PORT", description = "Port for wss://, TLS 1.2 and 1.3.")
    private @Nullable Integer wss;

    @Option(names = "--mqtt", paramLabel = "PORT", description = "Port for plain MQTT 3.1.1 and 5.")
    private @Nullable Integer mqtt;

    @Option(
            names = "--mqtts",
            paramLabel = "PORT",
            description = "Port for MQTT inside TLS; firmware encrypts on 8883.")
    private @Nullable Integer mqtts;

    @Option(names = "--udp", paramLabel = "PORT", description = "Port for the encrypted voice of MQTT devices.")
    private @Nullable Integer udp;

    @Option(
            names = "--udp-host",
            paramLabel = "HOST",
            description = "What MQTT devices are told to send voice to (default: the address they came to).")
    private @Nullable String udpHost;

    @Option(
            names = "--mqtt-key",
            paramLabel = "KEY|@FILE",
            description = "Asks MQTT clients for passwords signed with this key; without, any will do.")
    private @Nullable String mqttKey;

    @Option(
            names = "--ota",
            paramLabel = "PORT",
            description = "Port for OTA checks, which send devices to --ws, or --wss where there is no --ws.")
    private @Nullable Integer ota;

    @Option(
            names = "--firmware",
            paramLabel = "BIN",
            description = "An application's image, such as xiaozhi.bin, for devices whose version is older.")
    private @Nullable Path firmware;

    @Option(
            names = "--admin",
            paramLabel = "PORT",
            description = {
                "Port for the admin listener and its device test page, always on 127.0.0.1.",
                "Without any port: --ws 8000 --admin 8080."
            })
    private @Nullable Integer admin;

    @Mixin
    LiveOptions live = new LiveOptions();

    @Option(
            names = "--admin-host",
            paramLabel = "ADDRESS",
            description =
                    "Where the admin listener listens instead of 127.0.0.1, such as 0.0.0.0 inside a container. It has"
                            + " no login: whoever reaches it reads everything.")
    private @Nullable String adminHost;

    @Option(
            names = "--advertise",
            paramLabel = "LISTENER=PORT",
            description =
                    "The port devices are told for ws, wss, mqtt or udp where a router or a container engine forwards"
                            + " another one; may be repeated.")
    private Map<String, Integer> advertised = new LinkedHashMap<>();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address of this machine to listen on; 0.0.0.0 is all of them (default: 127.0.0.1).")
    private String host = "127.0.0.1";

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
    Path refusals;

    @Option(names = "--certificate", paramLabel = "PEM", description = "Certificate chain for --wss, leaf first.")
    @Nullable
    Path certificate;

    @Option(names = "--key", paramLabel = "PEM", description = "Its private key; without both, a chain is minted.")
    @Nullable
    Path key;

    @Option(
            names = "--client-ca",
            paramLabel = "PEM",
            description = "Serves only devices over TLS with a certificate of one of these authorities.")
    @Nullable
    Path clientCa;

    @Option(names = "--name", paramLabel = "HOST", description = "A name for the minted certificate; may be repeated.")
    List<String> names = new ArrayList<>();

    @Option(
            names = "--root-out",
            paramLabel = "FILE",
            description = "Where the minted root certificate goes (default: a temporary file).")
    @Nullable
    Path rootOut;

    @Nullable
    InetSocketAddress wsAddress() {
        return address("--ws", nothingGiven() ? Integer.valueOf(WS_PORT) : ws);
    }

    @Nullable
    InetSocketAddress wssAddress() {
        return address("--wss", wss);
    }

    @Nullable
    InetSocketAddress mqttAddress() {
        return address("--mqtt", mqtt);
    }

    @Nullable
    InetSocketAddress mqttsAddress() {
        return address("--mqtts", mqtts);
    }

    @Nullable
    InetSocketAddress udpAddress() {
        if (udp == null && udpHost != null) {
            throw new CliException("--udp-host is for voice; give a port with --udp, too.");
        }
        if (udp != null && mqtt == null && mqtts == null) {
            throw new CliException("--udp is for devices that speak MQTT; give a port with --mqtt or --mqtts, too.");
        }
        return address("--udp", udp);
    }

    @Nullable
    String udpHost() {
        return udpHost;
    }

    /** Null where any credentials do. */
    @Nullable
    String mqttKey() {
        return mqttKey == null ? null : secret("--mqtt-key", mqttKey);
    }

    private boolean nothingGiven() {
        return Stream.of(ws, wss, mqtt, mqtts, udp, ota, admin).allMatch(Objects::isNull);
    }

    /** Null where no OTA checks are answered. */
    @Nullable
    InetSocketAddress otaAddress() {
        requireAdvertisable();
        requirePortsOfTheirOwn();
        if (ota != null
                && Stream.of(mqtt, ws, wss).filter(Objects::nonNull).findFirst().orElse(0) == 0) {
            throw new CliException("--ota tells devices a port: give --ws, --wss or --mqtt one that is not chosen at"
                    + " random, such as 8000.");
        }
        return address("--ota", ota);
    }

    /** What devices are told at {@code --ota}: the host they asked at, unless a certificate names another. */
    OtaConfig ota() {
        String host = ws == null && !names.isEmpty() ? names.get(0) : "{host}";
        String listener = ws == null ? ServedGateway.WSS : ServedGateway.WS;
        String url = listener + "://" + host + ":" + told(listener, ws == null ? wss : ws) + GatewayConfig.PATH;
        String key = mqttKey();
        return OtaConfig.builder()
                .websocketUrls(ws == null && wss == null ? List.of() : List.of(url))
                .mqtt(
                        mqtt == null
                                ? null
                                : new OtaConfig.Mqtt("{host}:" + told("mqtt", mqtt), key == null ? "any will do" : key))
                .firmware(firmware == null ? null : firmware(firmware))
                .build();
    }

    private void requireAdvertisable() {
        List<String> told = List.of(ServedGateway.WS, ServedGateway.WSS, "mqtt", "udp");
        advertised.forEach((listener, port) -> {
            if (!told.contains(listener)) {
                throw new CliException("--advertise " + listener + "=" + port
                        + " names no listener that devices are told of; expected one of " + String.join(", ", told)
                        + ".");
            }
            checked("--advertise " + listener, port);
        });
    }

    /** Else the second listener would find the port taken, and the message would blame another program. */
    private void requirePortsOfTheirOwn() {
        Map<Integer, String> options = new HashMap<>();
        ports().forEach((option, port) -> {
            String other = port == 0 ? null : options.put(port, option);
            if (other != null) {
                throw new CliException(
                        other + " and " + option + " both name port " + port + "; give each listener one of its own.");
            }
        });
    }

    /** Of TCP, by their options, in the order of the help. */
    private Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        putGiven(ports, "--ws", ws);
        putGiven(ports, "--wss", wss);
        putGiven(ports, "--mqtt", mqtt);
        putGiven(ports, "--mqtts", mqtts);
        putGiven(ports, "--ota", ota);
        putGiven(ports, "--admin", admin);
        return ports;
    }

    private static void putGiven(Map<String, Integer> ports, String option, @Nullable Integer port) {
        if (port != null) {
            ports.put(option, port);
        }
    }

    private @Nullable Integer told(String listener, @Nullable Integer port) {
        return advertised.getOrDefault(listener, port);
    }

    /** The port that MQTT devices are told for their voice, or null for the one that is listened on. */
    @Nullable
    Integer udpPort() {
        return told("udp", null);
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

    /** Null for no admin listener. */
    @Nullable
    AdminConfig admin() {
        Integer port = nothingGiven() ? Integer.valueOf(ADMIN_PORT) : admin;
        if (port == null) {
            return null;
        }
        int checked = checked("--admin", port);
        return adminHost == null
                ? AdminConfig.onLoopback(checked)
                : new AdminConfig(
                        new InetSocketAddress(hostAddress("--admin-host", adminHost), checked), true, Set.of());
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
    List<String> tokenFor() {
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

    private @Nullable InetSocketAddress address(String option, @Nullable Integer port) {
        return port == null ? null : new InetSocketAddress(hostAddress("--host", host), checked(option, port));
    }

    private static InetAddress hostAddress(String option, String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new CliException(option + " " + host
                    + " is no address; give one of this machine, such as 192.168.1.10, or 0.0.0.0 for all.");
        }
    }

    private static int checked(String option, int port) {
        if (port < 0 || port > PORT_MAX) {
            throw new CliException(
                    option + " " + port + " is no port; ports are 1 to " + PORT_MAX + ", and 0 takes any free one.");
        }
        return port;
    }

    private static String notEmpty(String value, String what) {
        if (value.isEmpty()) {
            throw new CliException(what + " is empty; give the key that is signed with.");
        }
        return value;
    }
}
