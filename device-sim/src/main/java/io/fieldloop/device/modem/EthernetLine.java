package io.fieldloop.device.modem;

import java.util.function.Consumer;

/**
 * A UART as a network card: AT commands and Ethernet frames side by side, each behind a header of four bytes (78/uart-eth-modem 0.4.2,
 * include/uart_eth_modem.h, FrameHeader).
 *
 * <p>Ethernet begins with a handshake. What is no header is skipped byte by byte; the driver, which takes what one burst brought for one
 * frame, drops it whole. The pins that wake either end and the bit that stops it are not modelled.
 */
final class EthernetLine {

    static final int PAYLOAD_BYTES_MAX = 1596;

    private static final int HEADER_BYTES = 4;
    private static final int ETHERNET = 0;
    private static final int AT = 1;
    private static final String HANDSHAKE = "SPIC\u0002\u0004";
    private static final String HANDSHAKE_ACK = "SPIC\u0001\u0080";

    private final Consumer<String> commands;
    private final PacketNetwork network;
    private final Consumer<String> wire;
    private final StringBuilder received = new StringBuilder();
    private Consumer<String> up = frame -> {};
    private boolean open;
    private int sequence;

    /**
     * A line without a session.
     *
     * @param network of Ethernet frames
     */
    EthernetLine(Consumer<String> commands, PacketNetwork network, Consumer<String> wire) {
        this.commands = commands;
        this.network = network;
        this.wire = wire;
    }

    /** What the modem says, in frames of its own. */
    void say(String text) {
        for (int from = 0; from < text.length(); from += PAYLOAD_BYTES_MAX) {
            send(AT, text.substring(from, Math.min(text.length(), from + PAYLOAD_BYTES_MAX)));
        }
    }

    void hangUp() {
        open = false;
        received.setLength(0);
    }

    void receive(String bytes) {
        received.append(bytes);
        int at = 0;
        while (received.length() - at >= HEADER_BYTES) {
            if (!isHeader(at)) {
                at++;
                continue;
            }
            int end = at + HEADER_BYTES + lengthAt(at);
            if (received.length() < end) {
                break;
            }
            int type = received.charAt(at + 2) >> 2 & 3;
            String payload = received.substring(at + HEADER_BYTES, end);
            at = end;
            take(type, payload);
        }
        received.delete(0, Math.min(at, received.length())); // power may have gone meanwhile
    }

    private boolean isHeader(int at) {
        return received.charAt(at + 3)
                        == checksum(received.charAt(at), received.charAt(at + 1), received.charAt(at + 2))
                && lengthAt(at) <= PAYLOAD_BYTES_MAX;
    }

    private int lengthAt(int at) {
        return received.charAt(at) | (received.charAt(at + 1) & 0x0F) << 8;
    }

    private static int checksum(int first, int second, int third) {
        int sum = first + second + third;
        return (sum >> 8 ^ sum ^ 3) & 0xFF;
    }

    private void take(int type, String payload) {
        if (type == AT) {
            commands.accept(payload);
        } else if (type == ETHERNET && payload.startsWith(HANDSHAKE)) {
            open = true;
            up = network.join(frame -> {
                if (open) {
                    send(ETHERNET, frame);
                }
            });
            send(ETHERNET, HANDSHAKE_ACK);
        } else if (type == ETHERNET && open) {
            up.accept(payload);
        }
    }

    private void send(int type, String payload) {
        int length = payload.length();
        int first = length & 0xFF;
        int second = (sequence++ & 0x0F) << 4 | length >> 8;
        int third = type << 2;
        wire.accept("" + (char) first + (char) second + (char) third + (char) checksum(first, second, third) + payload);
    }
}
