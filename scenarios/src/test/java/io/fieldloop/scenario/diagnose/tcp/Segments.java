package io.fieldloop.scenario.diagnose.tcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A capture written packet by packet: one connection, 10.0.0.1:50000 to 10.0.0.2:443, both counting from 0, and datagrams. */
public final class Segments {
    public static final int SYN = 0x02;
    public static final int ACK = 0x10;
    public static final int FIN = 0x11;
    public static final int RST = 0x14;

    private static final int CLIENT = 0x0A000001;
    private static final int SERVER = 0x0A000002;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private long micros = 1_000_000;
    private byte[] lastPacket = {};
    private int timeToLive = 64;
    private int window = 1024;

    public Segments() {
        file.writeBytes(ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xA1B2C3D4)
                .putInt(0x00040002)
                .putLong(0)
                .putInt(65535)
                .putInt(101)
                .array());
    }

    public void opened() {
        packet(true, SYN, 0, 0, "", 0, false);
        packet(false, SYN | ACK, 0, 1, "", 0, false);
    }

    /** Lets time go by before the next packet. */
    public Segments after(double millis) {
        micros += Math.round(millis * 1000);
        return this;
    }

    /** What the packets after this have left when they are captured. */
    public Segments timeToLive(int hops) {
        timeToLive = hops;
        return this;
    }

    /** How much room the senders of the packets after this have. */
    public Segments window(int bytes) {
        window = bytes;
        return this;
    }

    public void up(int flags, int sequence, String text) {
        packet(true, flags, sequence, 1, text, text.length(), false);
    }

    public void down(int flags, int sequence, int acknowledgement, String text) {
        packet(false, flags, sequence, acknowledgement, text, text.length(), false);
    }

    /** A record of a raw IP packet; {@code onWire} bytes of payload were sent, and {@code text} is captured of them. */
    public void packet(
            boolean fromClient,
            int flags,
            int sequence,
            int acknowledgement,
            String text,
            int onWire,
            boolean withoutLength) {
        byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer ip = ByteBuffer.allocate(40 + payload.length);
        ip.putShort((short) 0x4500).putShort((short) (withoutLength ? 0 : 40 + onWire));
        ip.putInt(0).putInt(timeToLive << 24 | 0x060000);
        ip.putInt(fromClient ? CLIENT : SERVER).putInt(fromClient ? SERVER : CLIENT);
        ip.putShort((short) (fromClient ? 50_000 : 443)).putShort((short) (fromClient ? 443 : 50_000));
        ip.putInt(sequence).putInt(acknowledgement);
        ip.putShort((short) (0x5000 | flags)).putShort((short) window).putInt(0).put(payload);
        record(ip.array(), 40 + onWire);
    }

    /** A UDP packet between the two machines, or one that a middle box sent in the client's name from another port. */
    public void datagram(boolean fromClient, int clientPort, int serverPort, byte[] payload) {
        ByteBuffer ip = ByteBuffer.allocate(28 + payload.length);
        header(ip, 17, fromClient);
        ip.putShort((short) (fromClient ? clientPort : serverPort))
                .putShort((short) (fromClient ? serverPort : clientPort));
        ip.putShort((short) (8 + payload.length)).putShort((short) 0).put(payload);
        record(ip.array(), ip.capacity());
    }

    /** An ICMP error of the server's about the packet before it. */
    public void unreachable(int code) {
        byte[] quoted = Arrays.copyOf(lastPacket, 28);
        ByteBuffer ip = ByteBuffer.allocate(28 + quoted.length);
        header(ip, 1, false);
        ip.put((byte) 3).put((byte) code).putShort((short) 0).putInt(0).put(quoted);
        record(ip.array(), ip.capacity());
    }

    private static void header(ByteBuffer ip, int protocol, boolean fromClient) {
        ip.putShort((short) 0x4500)
                .putShort((short) ip.capacity())
                .putInt(0)
                .putInt(0x40000000 | protocol << 16)
                .putInt(fromClient ? CLIENT : SERVER)
                .putInt(fromClient ? SERVER : CLIENT);
    }

    private void record(byte[] packet, int original) {
        lastPacket = packet;
        file.writeBytes(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (micros / 1_000_000))
                .putInt((int) (micros % 1_000_000))
                .putInt(packet.length)
                .putInt(original)
                .array());
        file.writeBytes(packet);
    }

    public byte[] bytes() {
        return file.toByteArray();
    }
}
