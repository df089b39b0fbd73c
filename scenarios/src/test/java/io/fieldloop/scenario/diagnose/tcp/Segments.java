package io.fieldloop.scenario.diagnose.tcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A capture of one connection, written segment by segment: 10.0.0.1:50000 to 10.0.0.2:443, both counting from 0. */
public final class Segments {
    public static final int SYN = 0x02;
    public static final int ACK = 0x10;
    public static final int FIN = 0x11;
    public static final int RST = 0x14;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

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
        ip.putInt(0).putInt(0x40060000);
        ip.putInt(fromClient ? 0x0A000001 : 0x0A000002).putInt(fromClient ? 0x0A000002 : 0x0A000001);
        ip.putShort((short) (fromClient ? 50_000 : 443)).putShort((short) (fromClient ? 443 : 50_000));
        ip.putInt(sequence).putInt(acknowledgement);
        ip.putShort((short) (0x5000 | flags)).putShort((short) 1024).putInt(0).put(payload);
        file.writeBytes(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1)
                .putInt(0)
                .putInt(ip.capacity())
                .putInt(40 + onWire)
                .array());
        file.writeBytes(ip.array());
    }

    public byte[] bytes() {
        return file.toByteArray();
    }
}
