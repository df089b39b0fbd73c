package io.fieldloop.scenario.diagnose.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The packets of a pcapng file (draft-ietf-opsawg-pcapng): sections in either byte order, interfaces, secrets. */
final class PcapngBlocks implements Blocks {
    /** The same in both byte orders. */
    static final int SECTION = 0x0A0D0D0A;

    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int SECRETS = 10;
    private static final int SECRETS_TLS = 0x544C534B;
    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int BLOCK_BYTES_MIN = 12;
    private static final int BLOCK_BYTES_MAX = 16 << 20;
    private static final int HEAD = 8;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_TIME_OFFSET = 14;
    private static final int BINARY = 0x80;
    private static final int INTERFACES_MAX = 4096;

    private final Window window;
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private final StringBuilder secrets = new StringBuilder();
    private boolean littleEndian;
    private long number;
    private int described;
    private boolean cutOff;

    PcapngBlocks(Window window) {
        this.window = window;
    }

    @Override
    public boolean next(Packet packet) throws IOException {
        while (true) {
            long start = window.position();
            int head = window.peek(BLOCK_BYTES_MIN);
            if (head < 0) {
                cutOff = window.left() > 0;
                return false;
            }
            if (Octets.i32(window.bytes(), head) == SECTION) {
                beginSection(Octets.i32(window.bytes(), head + HEAD), start);
            }
            int type = int32(head);
            int length = int32(head + 4);
            if (length < BLOCK_BYTES_MIN || length > BLOCK_BYTES_MAX || length % 4 != 0) {
                throw new Damage("a block says that it has " + Integer.toUnsignedString(length) + " bytes", start);
            }
            int at = window.take(length);
            if (at < 0) {
                cutOff = true;
                return false;
            }
            if (read(type, at, at + length - 4, start, packet)) {
                return true;
            }
        }
    }

    private void beginSection(int order, long start) throws Damage {
        if (order != BYTE_ORDER && Integer.reverseBytes(order) != BYTE_ORDER) {
            throw new Damage("a section has no byte order", start);
        }
        littleEndian = order != BYTE_ORDER;
        interfaces.clear();
    }

    /** Whether the block was a packet; its contents reach from its head to {@code end}. */
    private boolean read(int type, int at, int end, long start, Packet packet) throws Damage {
        int body = at + HEAD;
        switch (type) {
            case INTERFACE -> addInterface(body, end, start);
            case SECRETS -> addSecrets(body, end);
            case ENHANCED_PACKET -> {
                require(end - body >= 20, start);
                return packet(
                        packet, int32(body), time(body + 4), body + 20, int32(body + 12), int32(body + 16), end, start);
            }
            case OLD_PACKET -> {
                require(end - body >= 20, start);
                int from = Octets.u16(window.bytes(), body, littleEndian);
                return packet(packet, from, time(body + 4), body + 20, int32(body + 12), int32(body + 16), end, start);
            }
            case SIMPLE_PACKET -> {
                require(end - body >= 4, start);
                int original = int32(body);
                int captured = original < 0 ? end - body - 4 : Math.min(original, end - body - 4);
                return packet(packet, 0, 0, body + 4, captured, original, end, start);
            }
            default -> {}
        }
        return false;
    }

    private boolean packet(
            Packet packet, int interfaceNumber, long time, int at, int captured, int original, int end, long start)
            throws Damage {
        require(captured >= 0 && captured <= end - at, start);
        if (interfaceNumber < 0 || interfaceNumber >= interfaces.size()) {
            throw new Damage(
                    "a packet names the interface " + Integer.toUnsignedString(interfaceNumber)
                            + ", which the file does not describe,",
                    start);
        }
        CaptureInterface from = interfaces.get(interfaceNumber);
        packet.set(++number, from.clock().nanos(time), from);
        packet.contents(window.bytes(), at, captured, Math.max(captured, original));
        return true;
    }

    private void addInterface(int body, int end, long start) throws Damage {
        require(end - body >= 8 && interfaces.size() < INTERFACES_MAX, start);
        byte[] bytes = window.bytes();
        int linkType = Octets.u16(bytes, body, littleEndian);
        String name = "";
        int exponent = 6;
        boolean binary = false;
        long offset = 0;
        for (int at = body + 8; at + 4 <= end; ) {
            int code = Octets.u16(bytes, at, littleEndian);
            int length = Octets.u16(bytes, at + 2, littleEndian);
            require(length <= end - at - 4, start);
            if (code == OPTION_NAME) {
                name = new String(bytes, at + 4, length, StandardCharsets.UTF_8);
            } else if (code == OPTION_RESOLUTION && length >= 1) {
                exponent = Octets.u8(bytes, at + 4) & ~BINARY;
                binary = (Octets.u8(bytes, at + 4) & BINARY) != 0;
            } else if (code == OPTION_TIME_OFFSET && length >= 8) {
                offset = Octets.i64(bytes, at + 4, littleEndian);
            }
            at += 4 + ((length + 3) & ~3);
        }
        interfaces.add(new CaptureInterface(
                described++, name, linkType, new CaptureInterface.Clock(exponent, binary, offset)));
    }

    private void addSecrets(int body, int end) {
        if (end - body >= 8 && int32(body) == SECRETS_TLS) {
            int length = Math.min(Math.max(0, int32(body + 4)), end - body - 8);
            secrets.append(new String(window.bytes(), body + 8, length, StandardCharsets.US_ASCII))
                    .append('\n');
        }
    }

    @Override
    public String newSecrets() {
        String lines = secrets.toString();
        secrets.setLength(0);
        return lines;
    }

    private long time(int at) {
        return (long) int32(at) << 32 | Integer.toUnsignedLong(int32(at + 4));
    }

    private int int32(int at) {
        return Octets.i32(window.bytes(), at, littleEndian);
    }

    private static void require(boolean holds, long start) throws Damage {
        if (!holds) {
            throw new Damage("a block is shorter than what it says it holds", start);
        }
    }

    @Override
    public boolean isCutOff() {
        return cutOff;
    }
}
