package io.fieldloop.scenario.bench;

import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.diagnose.verdict.CaptureDiagnosis;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * How long a capture of one GiB takes to diagnose, beside {@code tshark -q -z conv,tcp} on the same file; run it with
 * {@code -Xmx512m}.
 *
 * <p>The traffic is that of a gateway: 20,000 sessions, plain and TLS without secrets, 256 of them at a time, in segments of up to
 * 1400 bytes, one in fifty of them sent again.
 */
public final class CaptureBenchmark {
    private static final long BYTES = 1L << 30;
    private static final int AT_ONCE = 256;
    private static final int SEGMENTS_MAX = 120;
    private static final int HEADERS = 14 + 20 + 20;
    private static final byte[] UPGRADE =
            "GET /xiaozhi/v1/ HTTP/1.1\r\nHost: g\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private static final byte[] SWITCHED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer packet = ByteBuffer.allocate(16 + HEADERS + 1500);
    private final Random random = new Random(20_261_129);
    private long nanos = 1_700_000_000_000_000_000L;
    private long written;

    private CaptureBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println(Stopwatch.machine());
        Path file = Files.createTempFile("fieldloop-bench", ".pcap");
        try {
            new CaptureBenchmark().write(file);
            tshark(file);
            Stopwatch watch = new Stopwatch();
            CaptureDiagnosis read = CaptureDiagnosis.read(file, new Secrets());
            System.out.printf(
                    "fieldloop diagnose: %s; %s%n", watch, read.diagnosis().summary());
            System.out.printf("heap: at most %d MiB%n", Runtime.getRuntime().maxMemory() >> 20);
        } finally {
            Files.delete(file);
        }
    }

    private static void tshark(Path file) throws IOException, InterruptedException {
        Stopwatch watch = new Stopwatch();
        Process process = new ProcessBuilder("tshark", "-q", "-z", "conv,tcp", "-r", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        System.out.printf("tshark -q -z conv,tcp: %s, exit code %d%n", watch(process, watch), process.exitValue());
    }

    private static Stopwatch watch(Process process, Stopwatch watch) throws InterruptedException {
        process.waitFor(Duration.ofMinutes(10).toSeconds(), TimeUnit.SECONDS);
        return watch;
    }

    private void write(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
            header.putInt(0xA1B23C4D)
                    .putShort((short) 2)
                    .putShort((short) 4)
                    .putLong(0)
                    .putInt(65535)
                    .putInt(1);
            out.write(header.array());
            Session[] sessions = new Session[AT_ONCE];
            for (int next = 0; written < BYTES; next = (next + 1) % AT_ONCE) {
                if (sessions[next] == null) {
                    sessions[next] =
                            new Session(random.nextInt(), 1024 + random.nextInt(60_000), random.nextInt(2) == 0);
                }
                if (!sessions[next].step(out)) {
                    sessions[next] = null;
                }
            }
        }
    }

    /** One session: opened, asked, answered, much data from the server, closed. */
    private final class Session {
        private final int client;
        private final int port;
        private final boolean tls;
        private final int segments = 20 + random.nextInt(SEGMENTS_MAX);
        private int step;
        private int up = random.nextInt();
        private int down = random.nextInt();

        Session(int client, int port, boolean tls) {
            this.client = client;
            this.port = port;
            this.tls = tls;
        }

        boolean step(OutputStream out) throws IOException {
            switch (step++) {
                case 0 -> up += send(out, true, 0x02, new byte[0]) + 1;
                case 1 -> down += send(out, false, 0x12, new byte[0]) + 1;
                case 2 -> up += send(out, true, 0x18, tls ? record(22, 200) : UPGRADE);
                case 3 -> down += send(out, false, 0x18, tls ? record(22, 90) : SWITCHED);
                default -> {
                    boolean fromClient = step % 3 == 0;
                    byte[] data = fromClient ? new byte[0] : tls ? record(23, 300 + random.nextInt(1095)) : frame(1396);
                    int sent = send(out, fromClient, 0x10, data);
                    if (random.nextInt(50) == 0) {
                        send(out, fromClient, 0x10, data);
                    }
                    up += fromClient ? sent : 0;
                    down += fromClient ? 0 : sent;
                }
            }
            if (step > segments) {
                send(out, true, 0x11, new byte[0]);
                send(out, false, 0x11, new byte[0]);
                return false;
            }
            return true;
        }

        private byte[] record(int type, int length) {
            return ByteBuffer.allocate(5 + length)
                    .put((byte) type)
                    .putShort((short) 0x0303)
                    .putShort((short) length)
                    .array();
        }

        private byte[] frame(int length) {
            return ByteBuffer.allocate(4 + length)
                    .put((byte) 0x82)
                    .put((byte) 126)
                    .putShort((short) length)
                    .array();
        }

        private int send(OutputStream out, boolean fromClient, int flags, byte[] data) throws IOException {
            nanos += 50_000;
            packet.clear().order(ByteOrder.LITTLE_ENDIAN);
            int length = HEADERS + data.length;
            packet.putInt((int) (nanos / 1_000_000_000L)).putInt((int) (nanos % 1_000_000_000L));
            packet.putInt(length).putInt(length).order(ByteOrder.BIG_ENDIAN);
            packet.putLong(0x0200000000010200L).putInt(2).putShort((short) 0x0800);
            packet.putShort((short) 0x4500).putShort((short) (length - 14)).putInt(random.nextInt() & 0xFFFF0000);
            packet.putInt(0x40060000);
            int server = 0x0A000001;
            packet.putInt(fromClient ? client : server).putInt(fromClient ? server : client);
            packet.putShort((short) (fromClient ? port : 443)).putShort((short) (fromClient ? 443 : port));
            packet.putInt(fromClient ? up : down).putInt(fromClient ? down : up);
            packet.putShort((short) (0x5000 | flags)).putShort((short) 8192).putInt(0);
            packet.put(data);
            out.write(packet.array(), 0, packet.position());
            written += packet.position();
            return data.length;
        }
    }
}
