package io.fieldloop.device.link.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Sends a message and waits for it to come back. */
final class EchoClient implements AutoCloseable {
    private final Socket socket;
    private final byte[] message;

    EchoClient(InetSocketAddress address, int messageBytes) throws IOException {
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        message = new byte[messageBytes];
    }

    long roundTripNanos() throws IOException {
        long start = System.nanoTime();
        socket.getOutputStream().write(message);
        if (socket.getInputStream().readNBytes(message, 0, message.length) < message.length) {
            throw new IOException("The echo ended early.");
        }
        return System.nanoTime() - start;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
