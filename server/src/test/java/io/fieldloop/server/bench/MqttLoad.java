package io.fieldloop.server.bench;

import io.fieldloop.server.MqttBytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that connect, publish or subscribe, on plain sockets. */
final class MqttLoad {
    private static final int AT_ONCE = 8;
    private static final int BATCH = 500;
    private static final int PING_RESPONSE = 0xD0;
    private static final String HELLO = "{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\",\"audio_params\":"
            + "{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}";

    private final Socket publisher;
    private final InputStream publisherIn;
    private final Socket subscriber;
    private final InputStream subscriberIn;
    private final byte[] unheard = batch("unheard");
    private final byte[] heard = batch("heard");

    MqttLoad(int port) throws IOException {
        publisher = connected(port, "publisher-" + port);
        publisherIn = new BufferedInputStream(publisher.getInputStream(), 1 << 16);
        subscriber = connected(port, "subscriber-" + port);
        subscriberIn = new BufferedInputStream(subscriber.getInputStream(), 1 << 16);
        subscriber.getOutputStream().write(MqttBytes.subscribe(1, 0, "heard"));
        readPacket(subscriberIn);
    }

    /** So many clients come, are let in, and go; with a hello they are answered, too. */
    static void connect(int port, int count, boolean hello) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                int first = i;
                all.add(threads.submit(() -> {
                    for (int n = first; n < count; n += AT_ONCE) {
                        comeAndGo(port, n, hello);
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Streams messages nobody has subscribed to; done when the server has taken all of them. */
    void publish(int count) throws IOException {
        for (int sent = 0; sent < count; sent += BATCH) {
            publisher.getOutputStream().write(unheard);
        }
        publisher.getOutputStream().write(MqttBytes.ping());
        require(readPacket(publisherIn) == PING_RESPONSE);
    }

    /** Streams messages for one subscriber, as far ahead of it as a batch. */
    void deliver(int count) throws IOException {
        for (int sent = 0; sent < count; sent += BATCH) {
            publisher.getOutputStream().write(heard);
            for (int i = 0; i < BATCH; i++) {
                require(readPacket(subscriberIn) == 0x30);
            }
        }
    }

    private static void comeAndGo(int port, int number, boolean hello) throws IOException {
        String mac = String.format(
                java.util.Locale.ROOT, "02_00_00_%02x_%02x_%02x", number >> 16, number >> 8 & 255, number & 255);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(MqttBytes.connect("GID_bench@@@" + mac + "@@@" + mac));
            if (hello) {
                out.writeBytes(MqttBytes.publish("device-server", HELLO));
            }
            socket.getOutputStream().write(out.toByteArray());
            require(readPacket(in) == 0x20);
            if (hello) {
                require(readPacket(in) == 0x30);
            }
        }
    }

    private static Socket connected(int port, String clientId) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(MqttBytes.connect(4, clientId, null, null, 0));
        readPacket(socket.getInputStream());
        return socket;
    }

    private static byte[] batch(String topic) {
        byte[] one = MqttBytes.publish(topic, new String(new byte[64], StandardCharsets.US_ASCII));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < BATCH; i++) {
            all.writeBytes(one);
        }
        return all.toByteArray();
    }

    /** The first byte of the next packet, which is read to its end. */
    private static int readPacket(InputStream in) throws IOException {
        int first = in.read();
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = in.read();
            length |= (next & 127) << shift;
            shift += 7;
        } while (next > 127);
        if (first < 0 || next < 0) {
            throw new EOFException("The server closed");
        }
        in.skipNBytes(length);
        return first;
    }

    private static void require(boolean expected) {
        if (!expected) {
            throw new IllegalStateException("The server answered something else");
        }
    }
}
