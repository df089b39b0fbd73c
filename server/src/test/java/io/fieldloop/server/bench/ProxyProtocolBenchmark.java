package io.fieldloop.server.bench;

import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.Requests;
import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.Cidr;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What a PROXY protocol header costs the gateway: WebSocket handshakes per second of its event loop's CPU time, with and without one.
 *
 * <p>The kinds take turns in every round and are compared within it, so that what else the machine does falls on all of them.
 */
public final class ProxyProtocolBenchmark {
    private static final int ROUNDS = 61;
    private static final int WARM_UP_ROUNDS = 20;
    private static final int HANDSHAKES = 1_000;
    private static final String NONE = "none";

    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final byte[] V2 = HexFormat.of().parseHex("2111000c" + "cb007107" + "7f000001" + "c001" + "1f40");

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<String, byte[]> requests = new LinkedHashMap<>();

    private ProxyProtocolBenchmark() {
        byte[] upgrade = Requests.upgrade().text().getBytes(StandardCharsets.US_ASCII);
        requests.put(NONE, upgrade);
        requests.put(
                "version 1",
                joined("PROXY TCP4 203.0.113.7 127.0.0.1 49153 8000\r\n".getBytes(StandardCharsets.US_ASCII), upgrade));
        requests.put("version 2", joined(joined(SIGNATURE, V2), upgrade));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    public static void main(String[] arguments) throws Exception {
        new ProxyProtocolBenchmark().run();
    }

    private void run() throws Exception {
        GatewayConfig config = GatewayConfig.builder()
                .listener(ListenerConfig.plain("ws", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
                .admission(AdmissionConfig.builder()
                        .trustProxies(List.of(Cidr.parse("127.0.0.1/32")))
                        .build())
                .build();
        try (Gateway gateway = Gateway.start(config, GatewayRuntime.onSockets(group), event -> {})
                .join()) {
            InetSocketAddress address = (InetSocketAddress) gateway.address("ws");
            Map<String, List<Double>> rates = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (String kind : turns(round)) {
                    double rate = rate(address, Objects.requireNonNull(requests.get(kind)));
                    if (round >= WARM_UP_ROUNDS) {
                        rates.computeIfAbsent(kind, first -> new ArrayList<>()).add(rate);
                    }
                }
            }
            print(rates);
        } finally {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        }
    }

    /** Another one begins each round, since whoever follows another inherits its garbage. */
    private List<String> turns(int round) {
        List<String> kinds = new ArrayList<>(requests.keySet());
        Collections.rotate(kinds, round);
        return kinds;
    }

    private double rate(InetSocketAddress address, byte[] request) throws Exception {
        long before = cpuNanos();
        for (int i = 0; i < HANDSHAKES; i++) {
            shakeHands(address, request);
        }
        return HANDSHAKES / ((cpuNanos() - before) / 1e9);
    }

    private static void shakeHands(InetSocketAddress address, byte[] request) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            byte[] answer = new byte[512];
            int length = in.read(answer);
            if (!new String(answer, 0, Math.max(length, 0), StandardCharsets.US_ASCII).startsWith("HTTP/1.1 101 ")) {
                throw new IllegalStateException("no upgrade");
            }
        }
    }

    private long cpuNanos() throws Exception {
        return group.next()
                .submit(() -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime())
                .get();
    }

    private void print(Map<String, List<Double>> rates) {
        System.out.println("| PROXY header | handshakes per CPU second of the event loop | of those without |");
        System.out.println("|---|---:|---:|");
        List<Double> without = Objects.requireNonNull(rates.get(NONE));
        requests.keySet().forEach(kind -> {
            List<Double> each = Objects.requireNonNull(rates.get(kind));
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < each.size(); round++) {
                ratios.add(100 * each.get(round) / without.get(round));
            }
            System.out.printf("| %s | %,.0f | %.1f %% |%n", kind, median(each), median(ratios));
        });
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
