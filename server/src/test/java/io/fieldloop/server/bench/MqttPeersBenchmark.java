package io.fieldloop.server.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The gateway's MQTT next to mosquitto, and its voice next to a small Node program: what each does per second of its own CPU time.
 *
 * <p>Each server is a process, and they take turns, so that what else the machine does meets all of them. The gateway answers each CONNECT
 * with a hello's worth of work more than mosquitto does: it opens a flow for voice, too. Printed is the median of the rounds, and
 * the range.
 */
public final class MqttPeersBenchmark {
    private static final int ROUNDS = 7;
    private static final int CONNECTS = 2_000;
    private static final int TAKEN_IN = 200_000;
    private static final int DELIVERED = 100_000;
    private static final int RELAYED = 100_000;

    /** So many rounds' work before the first: a JVM compiles what it runs for longer than the others take to start. */
    private static final int WARM_UP_ROUNDS_GATEWAY = 15;

    private static final int WARM_UP_ROUNDS_PEER = 1;

    private MqttPeersBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        try (ServerProcess gateway = ServerProcess.start("Fieldloop gateway", MqttGatewayProcess.command());
                ServerProcess mosquitto = Mosquitto.start();
                ServerProcess node = ServerProcess.start("Node", ServerProcess.script("node", "udp-relay.cjs"))) {
            List<ServerProcess> brokers = List.of(gateway, mosquitto);
            System.out.println("| per server CPU second | Fieldloop gateway | peer | of the peer |");
            System.out.println("|---|---:|---:|---:|");
            compare(
                    "CONNECT, and hello with a voice flow; mosquitto: CONNECT alone",
                    brokers,
                    CONNECTS,
                    server -> count -> MqttLoad.connect(server.plainPort(), count, server == gateway));
            compare("QoS 0 publishes of 64 bytes taken in; mosquitto", brokers, TAKEN_IN, server -> {
                MqttLoad load = new MqttLoad(server.plainPort());
                return load::publish;
            });
            compare("the same, delivered to one subscriber; mosquitto", brokers, DELIVERED, server -> {
                MqttLoad load = new MqttLoad(server.plainPort());
                return load::deliver;
            });
            compare(
                    "120-byte voice packets decrypted, judged, encrypted and sent back; Node",
                    List.of(gateway, node),
                    RELAYED,
                    server -> {
                        VoiceLoad load = server == gateway
                                ? VoiceLoad.ofGateway(server.tlsPort())
                                : VoiceLoad.ofPeer(server.plainPort());
                        return load::relay;
                    });
        }
    }

    private static void compare(String what, List<ServerProcess> servers, int count, Preparation preparation)
            throws Exception {
        Map<ServerProcess, Work> work = new LinkedHashMap<>();
        Map<ServerProcess, double[]> rates = new LinkedHashMap<>();
        for (ServerProcess server : servers) {
            Work prepared = preparation.of(server);
            prepared.run(count * (work.isEmpty() ? WARM_UP_ROUNDS_GATEWAY : WARM_UP_ROUNDS_PEER));
            work.put(server, prepared);
            rates.put(server, new double[ROUNDS]);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<ServerProcess, Work> each : work.entrySet()) {
                double before = each.getKey().cpuSeconds();
                each.getValue().run(count);
                rates.get(each.getKey())[round] = count / (each.getKey().cpuSeconds() - before);
            }
        }
        StringBuilder row = new StringBuilder("| ").append(what);
        for (double[] each : rates.values()) {
            Arrays.sort(each);
            row.append(String.format(
                    Locale.ROOT, " | %,.0f (%,.0f to %,.0f)", each[ROUNDS / 2], each[0], each[ROUNDS - 1]));
        }
        double own = rates.get(servers.get(0))[ROUNDS / 2];
        double peer = rates.get(servers.get(1))[ROUNDS / 2];
        System.out.println(row.append(String.format(Locale.ROOT, " | %.1f x |", own / peer)));
    }

    /** Brings clients online, where the work itself does not. */
    private interface Preparation {
        Work of(ServerProcess server) throws Exception;
    }

    /** So many of something. */
    private interface Work {
        void run(int count) throws Exception;
    }
}
