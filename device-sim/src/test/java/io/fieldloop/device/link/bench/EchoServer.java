package io.fieldloop.device.link.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends back what it gets, one blocking thread per connection. */
final class EchoServer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int messageBytes;

    EchoServer(int messageBytes) throws IOException {
        this.messageBytes = messageBytes;
        threads.execute(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket peer = server.accept();
                threads.execute(() -> echo(peer));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void echo(Socket peer) {
        byte[] message = new byte[messageBytes];
        try (peer) {
            peer.setTcpNoDelay(true);
            while (peer.getInputStream().readNBytes(message, 0, messageBytes) == messageBytes) {
                peer.getOutputStream().write(message);
            }
        } catch (IOException e) {
            // The client is done.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
