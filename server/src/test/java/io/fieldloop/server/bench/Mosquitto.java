package io.fieldloop.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Eclipse mosquitto as a peer: anonymous, on loopback, nothing kept on disk. */
final class Mosquitto {
    private static final int TRIES = 100;

    private Mosquitto() {}

    static ServerProcess start() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = Files.createTempFile("fieldloop-mosquitto", ".conf");
        Files.writeString(config, "listener " + port + " 127.0.0.1\nallow_anonymous true\nlog_type none\n");
        Process process = new ProcessBuilder("mosquitto", "-c", config.toString())
                .redirectErrorStream(true)
                .start();
        awaitListening(port);
        Files.delete(config);
        return ServerProcess.running("mosquitto", process, port);
    }

    private static void awaitListening(int port) throws Exception {
        for (int i = 0; i < TRIES; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IOException("mosquitto did not start; Debian and Ubuntu have it as mosquitto.");
    }
}
