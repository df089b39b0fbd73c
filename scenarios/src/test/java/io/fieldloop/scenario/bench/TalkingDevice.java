package io.fieldloop.scenario.bench;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A device in a conversation over TLS, in blocking calls: it speaks a frame every 60 ms and times a ping with each. */
final class TalkingDevice implements AutoCloseable {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(60);
    private static final byte[] VOICE = new byte[120];

    private final SSLSocket socket;
    private final DataInputStream in;
    private long framesHeard;

    /** Comes online. */
    TalkingDevice(int port) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.2");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("""
                GET /xiaozhi/v1/ HTTP/1.1\r
                Host: gateway.test\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                Device-Id: 10:ff:e0:b3:35:76\r
                Client-Id: 3f1c1f0e-5a3b-4b61-9c63-1d2b8b9f4a10\r
                Protocol-Version: 1\r
                \r
                """.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) in.readUnsignedByte());
        }
        say("{\"type\":\"hello\",\"version\":1,\"transport\":\"websocket\",\"audio_params\":"
                + "{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}");
        read(TEXT);
    }

    /** Speaks so many frames, each with a ping behind it, and stops; returns the pings' round trips in milliseconds, sorted. */
    List<Double> speak(int frames) throws IOException {
        List<Double> roundTripMillis = new ArrayList<>();
        say("{\"type\":\"listen\",\"state\":\"start\",\"mode\":\"manual\"}");
        long due = System.nanoTime();
        for (int i = 0; i < frames; i++) {
            LockSupport.parkNanos(due - System.nanoTime());
            long sent = System.nanoTime();
            send(BINARY, VOICE);
            send(PING, new byte[0]);
            read(PONG);
            roundTripMillis.add((System.nanoTime() - sent) / 1e6);
            due += FRAME_NANOS;
        }
        say("{\"type\":\"listen\",\"state\":\"stop\"}");
        return roundTripMillis.stream().sorted().toList();
    }

    /** Hears the reply to its end. */
    void listen() throws IOException {
        String heard = "";
        while (!heard.contains("\"stop\"")) {
            heard = read(TEXT);
        }
    }

    long framesHeard() {
        return framesHeard;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void say(String text) throws IOException {
        send(TEXT, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A masked frame; a mask of zeros leaves the payload as it is. */
    private void send(int opcode, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) 0xFE).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload);
        socket.getOutputStream().write(frame.array(), 0, frame.position());
    }

    /** Reads up to the next message of that kind; audio that comes first is counted. */
    private String read(int wanted) throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & 15;
            int length = in.readUnsignedByte();
            byte[] payload = in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
            if (opcode == BINARY) {
                framesHeard++;
            }
            if (opcode == wanted) {
                return new String(payload, StandardCharsets.UTF_8);
            }
        }
    }
}
