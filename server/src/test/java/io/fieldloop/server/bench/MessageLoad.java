package io.fieldloop.server.bench;

import io.fieldloop.server.Requests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Devices that are online and send text messages of 64 bytes, which nobody answers; a ping at the end tells when all are in.
 *
 * <p>They stay online for as long as this process lives.
 */
final class MessageLoad {
    private static final String MESSAGE =
            "{\"type\":\"iot\",\"session_id\":\"1\",\"states\":[],\"update\":true,\"n\":12}";
    private static final String HELLO =
            "{\"type\":\"hello\",\"version\":1,\"transport\":\"websocket\",\"audio_params\":"
                    + "{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}";
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;
    private static final int IN_ONE_WRITE = 200;

    private final List<Socket> devices = new ArrayList<>();
    private final byte[] one = frame(TEXT, MESSAGE);
    private final byte[] many = repeated(one, IN_ONE_WRITE);
    private final byte[] ping = frame(PING, "");

    /** Brings so many devices online. */
    MessageLoad(int port, int count) throws IOException {
        if (MESSAGE.length() != 64) {
            throw new IllegalStateException("The message has " + MESSAGE.length() + " bytes");
        }
        while (devices.size() < count) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            devices.add(socket);
            send(socket, Requests.upgrade().text().getBytes(StandardCharsets.US_ASCII));
            readUntil(socket, "\r\n\r\n");
            send(socket, frame(TEXT, HELLO));
            readUntil(socket, "\"session_id\"");
            readUntil(socket, "}");
        }
    }

    /** Each device sends so many without a pause. */
    void stream(int messagesEach) throws IOException {
        for (int sent = 0; sent < messagesEach; sent += IN_ONE_WRITE) {
            for (Socket device : devices) {
                send(device, many);
            }
        }
        for (Socket device : devices) {
            send(device, ping);
        }
        for (Socket device : devices) {
            awaitPong(device);
        }
    }

    /** The devices send in turn, each message with a ping behind it, and go on when all pongs are there. */
    void oneByOne(int messagesEach) throws IOException {
        byte[] both = new byte[one.length + ping.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(ping, 0, both, one.length, ping.length);
        for (int sent = 0; sent < messagesEach; sent++) {
            for (Socket device : devices) {
                send(device, both);
            }
            for (Socket device : devices) {
                awaitPong(device);
            }
        }
    }

    private static void send(Socket socket, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
    }

    private static void awaitPong(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        int first = in.read();
        int length = in.read();
        if (first != PONG || length != 0) {
            throw new IOException("Not a pong: " + first + ", " + length);
        }
    }

    private static void readUntil(Socket socket, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new IOException("The server closed after \"" + read + "\"");
            }
            read.append((char) octet);
        }
    }

    /** A masked frame; a mask of zeros leaves the text as it is. */
    private static byte[] frame(int first, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (bytes.length < 126) {
            frame.write(0x80 | bytes.length);
        } else {
            frame.write(0xFE);
            frame.write(bytes.length >> 8);
            frame.write(bytes.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(bytes);
        return frame.toByteArray();
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
        }
        return all;
    }
}
