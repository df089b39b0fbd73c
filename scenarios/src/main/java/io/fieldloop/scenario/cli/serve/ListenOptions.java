package io.fieldloop.scenario.cli.serve;

import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.admin.AdminConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where {@code fieldloop serve} listens, and which of these ports devices are told. */
public final class ListenOptions {
    public static final String WS = "ws";
    public static final String WSS = "wss";
    static final String MQTT = "mqtt";
    static final String MQTTS = "mqtts";
    static final String UDP = "udp";
    static final String OTA = "ota";
    private static final int PORT_MAX = 65_535;
    private static final int WS_PORT = 8000;
    private static final int ADMIN_PORT = 8080;

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
            names = "--ota",
            paramLabel = "PORT",
            description = "Port for OTA checks, which send devices to --ws, or --wss where there is no --ws.")
    private @Nullable Integer ota;

    @Option(
            names = "--admin",
            paramLabel = "PORT",
            description = {
                "Port for the admin listener and its device test page, always on 127.0.0.1.",
                "Without any port: --ws 8000 --admin 8080."
            })
    private @Nullable Integer admin;

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

    @Nullable
    InetSocketAddress ws() {
        return address("--ws", nothingGiven() ? Integer.valueOf(WS_PORT) : ws);
    }

    @Nullable
    InetSocketAddress wss() {
        return address("--wss", wss);
    }

    /** Of the first listener that speaks TLS, or null for none. */
    @Nullable
    InetSocketAddress secured() {
        return wss != null ? wss() : mqtts();
    }

    @Nullable
    InetSocketAddress mqtt() {
        return address("--mqtt", mqtt);
    }

    @Nullable
    InetSocketAddress mqtts() {
        return address("--mqtts", mqtts);
    }

    @Nullable
    InetSocketAddress udp() {
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

    private boolean nothingGiven() {
        return Stream.of(ws, wss, mqtt, mqtts, udp, ota, admin).allMatch(Objects::isNull);
    }

    /** Null where no OTA checks are answered. */
    @Nullable
    InetSocketAddress ota() {
        requireAdvertisable();
        requirePortsOfTheirOwn();
        if (ota != null
                && Stream.of(mqtt, ws, wss).filter(Objects::nonNull).findFirst().orElse(0) == 0) {
            throw new CliException("--ota tells devices a port: give --ws, --wss or --mqtt one that is not chosen at"
                    + " random, such as 8000.");
        }
        return address("--ota", ota);
    }

    /** What OTA checks send devices to: the host they asked at, unless a certificate names another; null for no WebSocket. */
    @Nullable
    String websocketUrl(List<String> names) {
        if (ws == null && wss == null) {
            return null;
        }
        String named = ws == null && !names.isEmpty() ? names.get(0) : "{host}";
        String listener = ws == null ? WSS : WS;
        return listener + "://" + named + ":" + told(listener, ws == null ? wss : ws) + GatewayConfig.PATH;
    }

    /** The broker that OTA checks name, at the host they were asked at; null for no MQTT. */
    @Nullable
    String mqttEndpoint() {
        return mqtt == null ? null : "{host}:" + told("mqtt", mqtt);
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

    private void requireAdvertisable() {
        List<String> told = List.of(WS, WSS, "mqtt", "udp");
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
}
