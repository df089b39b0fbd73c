package io.fieldloop.qemu.capture;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.qemu.link.packet.SyntheticTcp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code openssl s_client} and {@code s_server} speaking TLS 1.2, with every byte between them made into TCP packets. */
final class OpensslConversation implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Path keyLog;
    private final Process server;
    private final Process client;
    private final SyntheticTcp packets = new SyntheticTcp();
    private final ServerSocket door;

    private OpensslConversation(Path directory) throws IOException, InterruptedException {
        keyLog = directory.resolve("keys.log");
        Path key = directory.resolve("key.pem");
        Path certificate = directory.resolve("certificate.pem");
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "1",
                "-subj",
                "/CN=gateway.test",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        int port = freePort();
        server = new ProcessBuilder(
                        "openssl",
                        "s_server",
                        "-quiet",
                        "-tls1_2",
                        "-accept",
                        "127.0.0.1:" + port,
                        "-naccept",
                        "1",
                        "-key",
                        key.toString(),
                        "-cert",
                        certificate.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client = new ProcessBuilder(
                        "openssl",
                        "s_client",
                        "-quiet",
                        "-tls1_2",
                        "-ign_eof",
                        "-connect",
                        "127.0.0.1:" + door.getLocalPort(),
                        "-keylogfile",
                        keyLog.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Socket front = door.accept();
        Socket back = connect(port);
        relay(front, back, true);
        relay(back, front, false);
    }

    static OpensslConversation start(Path directory) throws IOException, InterruptedException {
        assumeTrue(Tshark.isThere("openssl"), "openssl is not installed");
        return new OpensslConversation(directory);
    }

    /** What the two say in turn, the client first; returns the packets of all that was said. */
    List<ByteBuffer> speak(byte[]... turns) throws IOException {
        for (int i = 0; i < turns.length; i++) {
            Process speaker = i % 2 == 0 ? client : server;
            Process listener = i % 2 == 0 ? server : client;
            OutputStream out = speaker.getOutputStream();
            out.write(turns[i]);
            out.flush();
            int expected = turns[i].length;
            listener.getInputStream().readNBytes(expected);
        }
        return packets.all();
    }

    List<String> keyLog() throws IOException {
        return Files.readAllLines(keyLog).stream()
                .filter(line -> line.startsWith("CLIENT_RANDOM"))
                .toList();
    }

    @Override
    public void close() throws IOException {
        client.destroyForcibly();
        server.destroyForcibly();
        door.close();
    }

    private void relay(Socket from, Socket to, boolean upstream) {
        Thread thread = new Thread(
                () -> {
                    try (from;
                            to) {
                        InputStream in = from.getInputStream();
                        byte[] buffer = new byte[1400];
                        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                            packets.said(upstream, buffer, read);
                            to.getOutputStream().write(buffer, 0, read);
                        }
                    } catch (IOException e) {
                        // One of the two has ended, which ends the other.
                    }
                },
                "conversation");
        thread.setDaemon(true);
        thread.start();
    }

    private static Socket connect(int port) {
        return await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> new Socket(InetAddress.getLoopbackAddress(), port), Socket::isConnected);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("openssl req failed");
        }
    }
}
