package io.fieldloop.scenario.diagnose.capture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Capture files written byte by byte, in either byte order. */
final class CaptureBytes {
    private final ByteOrder order;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    CaptureBytes(ByteOrder order) {
        this.order = order;
    }

    /** 192.0.2.1:1000 to 192.0.2.2:80, a SYN with number 7. */
    static byte[] ipv4() {
        return HexFormat.of()
                .parseHex("45000028" + "1234" + "0000" + "40060000" + "c0000201" + "c0000202" + "03e80050" + "00000007"
                        + "00000000" + "50020400" + "00000000");
    }

    /** A classic file's header. */
    CaptureBytes pcap(int magic, int linkType) {
        return put(
                24,
                out -> out.putInt(magic)
                        .putShort((short) 2)
                        .putShort((short) 4)
                        .putInt(0)
                        .putInt(0)
                        .putInt(65535)
                        .putInt(linkType));
    }

    CaptureBytes record(int seconds, int units, byte[] packet, int original) {
        put(16, out -> out.putInt(seconds).putInt(units).putInt(packet.length).putInt(original));
        bytes.writeBytes(packet);
        return this;
    }

    CaptureBytes section() {
        return block(
                0x0A0D0D0A,
                16,
                out -> out.putInt(0x1A2B3C4D)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1));
    }

    /** An interface with a name and a resolution. */
    CaptureBytes describe(int linkType, String name, int resolution) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + 3) & ~3;
        return block(1, 8 + 4 + padded + 8 + 4, out -> {
            out.putShort((short) linkType).putShort((short) 0).putInt(0);
            out.putShort((short) 2).putShort((short) text.length).put(text);
            out.position(out.position() + padded - text.length);
            out.putShort((short) 9).putShort((short) 1).put((byte) resolution).put(new byte[3]);
            out.putInt(0);
        });
    }

    CaptureBytes secrets(String lines) {
        byte[] text = lines.getBytes(StandardCharsets.US_ASCII);
        int padded = (text.length + 3) & ~3;
        return block(
                10,
                8 + padded,
                out -> out.putInt(0x544C534B).putInt(text.length).put(text));
    }

    CaptureBytes packet(int interfaceNumber, long units, byte[] packet, int original) {
        int padded = (packet.length + 3) & ~3;
        return block(
                6,
                20 + padded,
                out -> out.putInt(interfaceNumber)
                        .putInt((int) (units >>> 32))
                        .putInt((int) units)
                        .putInt(packet.length)
                        .putInt(original)
                        .put(packet));
    }

    CaptureBytes simplePacket(byte[] packet) {
        return block(
                3,
                4 + ((packet.length + 3) & ~3),
                out -> out.putInt(packet.length).put(packet));
    }

    CaptureBytes block(int type, int bodyBytes, Filling filling) {
        int length = 12 + bodyBytes;
        return put(length, out -> {
            out.putInt(type).putInt(length);
            filling.fill(out);
            out.position(length - 4);
            out.putInt(length);
        });
    }

    private CaptureBytes put(int length, Filling filling) {
        ByteBuffer out = ByteBuffer.allocate(length).order(order);
        filling.fill(out);
        bytes.writeBytes(out.array());
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    CaptureReader reader() throws CaptureException {
        return CaptureReader.of("x.pcap", new ByteArrayInputStream(bytes()));
    }

    /** What is put into a part of the file. */
    interface Filling {
        void fill(ByteBuffer out);
    }
}
