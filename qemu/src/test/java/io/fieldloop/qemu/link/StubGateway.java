package io.fieldloop.qemu.link;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.net.ServerSocketFactory;

/** As much of a gateway as it takes to bring a device online and play ping-pong with it, in blocking calls. */
final class StubGateway implements AutoCloseable {
    private static final String HELLO = "{\"type\":\"hello\",\"transport\":\"websocket\",\"session_id\":\"1\","
            + "\"audio_params\":{\"format\":\"opus\",\"sample_rate\":24000,\"channels\":1,\"frame_duration\":60}}";
    private static final int TIMEOUT_MILLIS = 60_000;

    private final ServerSocket door;
    private Socket device = new Socket();
    private OutputStream out = OutputStream.nullOutputStream();
    private DataInputStream in = new DataInputStream(java.io.InputStream.nullInputStream());

    StubGateway(ServerSocketFactory sockets) throws IOException {
        door = sockets.createServerSocket(0, 8, InetAddress.getLoopbackAddress());
        door.setSoTimeout(TIMEOUT_MILLIS);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Waits for a device, upgrades it and says hello. */
    void welcome() throws IOException, GeneralSecurityException {
        device.close();
        device = door.accept();
        device.setTcpNoDelay(true);
        device.setSoTimeout(TIMEOUT_MILLIS);
        out = device.getOutputStream();
        in = new DataInputStream(new BufferedInputStream(device.getInputStream()));
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append((char) in.readUnsignedByte());
        }
        String key = request.toString().replaceAll("(?is).*sec-websocket-key: *([^\r]+).*", "$1");
        byte[] digest = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        read();
        send(1, HELLO.getBytes(StandardCharsets.US_ASCII));
    }

    /** Pings and waits for the pong; returns what came in it. */
    byte[] ping(byte[] payload) throws IOException {
        send(9, payload);
        byte[] frame = read();
        while (frame[0] != 10) {
            frame = read();
        }
        return java.util.Arrays.copyOfRange(frame, 1, frame.length);
    }

    /** A binary message, which the device takes for voice. */
    void send(byte[] payload) throws IOException {
        send(2, payload);
    }

    /** The same in two fragments, the first of which is empty. */
    void sendBehindAnEmptyFragment(byte[] payload) throws IOException {
        out.write(new byte[] {2, 0});
        send(0, payload);
    }

    @Override
    public void close() throws IOException {
        device.close();
        door.close();
    }

    private void send(int opcode, byte[] payload) throws IOException {
        byte[] frame;
        int header;
        if (payload.length < 126) {
            header = 2;
            frame = new byte[2 + payload.length];
            frame[1] = (byte) payload.length;
        } else {
            header = 4;
            frame = new byte[4 + payload.length];
            frame[1] = 126;
            frame[2] = (byte) (payload.length >> 8);
            frame[3] = (byte) payload.length;
        }
        frame[0] = (byte) (0x80 | opcode);
        System.arraycopy(payload, 0, frame, header, payload.length);
        out.write(frame);
    }

    /** A frame of the device: its opcode, then its payload without the mask. */
    private byte[] read() throws IOException {
        int opcode = in.readUnsignedByte() & 15;
        int length = in.readUnsignedByte() & 127;
        length = length == 126 ? in.readUnsignedShort() : length;
        byte[] mask = in.readNBytes(4);
        byte[] frame = new byte[1 + length];
        frame[0] = (byte) opcode;
        for (int i = 0; i < length; i++) {
            frame[1 + i] = (byte) (in.readByte() ^ mask[i % 4]);
        }
        return frame;
    }
}
