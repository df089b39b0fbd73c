package io.fieldloop.server.bench;

import java.util.List;

/**
 * The gateway's MQTT next to mosquitto, and its voice next to a small Node program: what each does per second of its own CPU time.
 *
 * <p>Each server is a process, and they take turns, so that what else the machine does meets all of them. The gateway answers each CONNECT
 * with a hello's worth of work more than mosquitto does: it opens a flow for voice, too. Printed is the median of the rounds, and
 * the range.
 */
public final class MqttPeersBenchmark {
    private static final int CONNECTS = 2_000;
    private static final int TAKEN_IN = 200_000;
    private static final int DELIVERED = 100_000;
    private static final int RELAYED = 100_000;

    /** A JVM needs warm-up rounds by the dozen: it compiles what it runs for longer than the others take to start. */
    private static final PeerComparison TURNS = new PeerComparison(7, 15, 1);

    /** So many connections are what 15 rounds of messages are, and the compiler is at work for as long again. */
    private static final PeerComparison CONNECT_TURNS = new PeerComparison(11, 120, 1);

    private MqttPeersBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        try (ServerProcess gateway =
                        ServerProcess.start("Fieldloop gateway", ServerProcess.gateway(MqttGatewayProcess.class));
                ServerProcess mosquitto = Mosquitto.start();
                ServerProcess node = ServerProcess.start("Node", ServerProcess.script("node", "udp-relay.cjs"))) {
            List<ServerProcess> brokers = List.of(gateway, mosquitto);
            System.out.println("| per server CPU second | Fieldloop gateway | peer | of the peer |");
            System.out.println("|---|---:|---:|---:|");
            CONNECT_TURNS.compare(
                    "CONNECT, and hello with a voice flow; mosquitto: CONNECT alone",
                    brokers,
                    CONNECTS,
                    server -> count -> MqttLoad.connect(server.plainPort(), count, server == gateway));
            TURNS.compare("QoS 0 publishes of 64 bytes taken in; mosquitto", brokers, TAKEN_IN, server -> {
                MqttLoad load = new MqttLoad(server.plainPort());
                return load::publish;
            });
            TURNS.compare("the same, delivered to one subscriber; mosquitto", brokers, DELIVERED, server -> {
                MqttLoad load = new MqttLoad(server.plainPort());
                return load::deliver;
            });
            for (int devices : new int[] {1, 64}) {
                TURNS.compare(
                        "120-byte voice packets of " + devices
                                + " devices decrypted, judged, encrypted and sent back; Node",
                        List.of(gateway, node),
                        RELAYED,
                        server -> {
                            VoiceLoad load = server == gateway
                                    ? VoiceLoad.ofGateway(server.tlsPort(), devices)
                                    : VoiceLoad.ofPeer(server.plainPort(), devices);
                            return load::relay;
                        });
            }
        }
    }
}
