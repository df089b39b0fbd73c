package io.fieldloop.qemu.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fieldloop.device.modem.Modem;
import io.fieldloop.device.modem.ModemFault;
import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.modem.PacketNetwork;
import io.fieldloop.device.modem.Wire;
import io.fieldloop.device.modem.serial.SocketNetwork;
import io.fieldloop.qemu.OwnsWallClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A modem on the firmware's second UART. QEMU's lx60 has one UART only, so the bytes of the second come as frames of EtherType 88b5:
 * speed, count, bytes ({@code qemu/firmware/src/machine/board_lx60_serial.c}). They take their time on the wire here.
 *
 * <p>What a PPP session sends goes to the link as frames of the same machine, and what is for it comes from there; the frames of a modem that
 * is a network card go there as they are.
 */
@OwnsWallClock("a machine in QEMU and what its modem talks to live in real time")
final class SerialModem {

    private static final int ETHERTYPE_AT = 12;
    private static final int ETHERTYPE = 0x88b5;
    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int PAYLOAD_AT = 14;
    private static final int BYTES_AT = 20;
    private static final int CHUNK_BYTES_MAX = 1400;

    /** What QEMU's user network answers to, whatever is asked. */
    private static final byte[] GATEWAY = {0x52, 0x55, 0x0a, 0, 2, 2};

    /** Where frames of one kind go; takes them over. */
    interface Exit {
        void send(ByteBuf frame);
    }

    private final Exit firmware;
    private final Exit network;
    private final Modem modem;
    private final Wire toModem;
    private final boolean card;
    private byte[] mac = new byte[6];
    private int hostBaud;
    private Consumer<String> session = packet -> {};

    /**
     * A modem without power.
     *
     * @param firmware frames for the machine
     * @param network the machine's own frames, for the link
     */
    SerialModem(
            EventLoop loop,
            ModemSettings settings,
            SocketNetwork.Places places,
            Exit firmware,
            Exit network,
            BiConsumer<ModemFault, String> acted) {
        this.firmware = firmware;
        this.network = network;
        this.hostBaud = settings.powerUpBaud();
        PacketNetwork packets = toDevice -> {
            session = toDevice;
            return this::leave;
        };
        PacketNetwork frames = toDevice -> {
            session = toDevice;
            return this::pass;
        };
        SocketNetwork sockets =
                new SocketNetwork(loop, new SecureRandom(), InstantSource.system(), places, packets, frames);
        card = settings.kind().isEthernet();
        modem = new Modem(loop, settings, sockets, acted);
        toModem = new Wire(modem.timers(), () -> hostBaud, modem::baud, modem::receive);
        Wire toHost = new Wire(modem.timers(), modem::baud, () -> hostBaud, this::arrive);
        modem.connect(toHost::send, time -> {});
    }

    void powerUp() {
        modem.powerUp();
    }

    void losePower() {
        modem.losePower();
    }

    /** Takes over a frame of the firmware's that is from its UART; leaves any other alone. */
    boolean takes(ByteBuf frame) {
        if (frame.readableBytes() < BYTES_AT || frame.getUnsignedShort(ETHERTYPE_AT) != ETHERTYPE) {
            return false;
        }
        frame.getBytes(6, mac);
        hostBaud = Math.max(1, frame.getInt(PAYLOAD_AT));
        int count = Math.min(frame.getUnsignedShort(PAYLOAD_AT + 4), frame.readableBytes() - BYTES_AT);
        toModem.send(frame.toString(BYTES_AT, count, ISO_8859_1));
        frame.release();
        return true;
    }

    /** Takes over a frame that the link has for the machine. */
    void deliver(ByteBuf frame) {
        if (card) {
            session.accept(frame.toString(ISO_8859_1));
            frame.release();
            return;
        }
        int type = frame.readableBytes() < PAYLOAD_AT ? 0 : frame.getUnsignedShort(ETHERTYPE_AT);
        if (type == IPV4) {
            int length = Math.min(frame.getUnsignedShort(PAYLOAD_AT + 2), frame.readableBytes() - PAYLOAD_AT);
            session.accept(frame.toString(PAYLOAD_AT, length, ISO_8859_1));
        } else if (type == ARP && frame.readableBytes() >= 42 && frame.getUnsignedShort(PAYLOAD_AT + 6) == 1) {
            network.send(answer(frame));
        }
        frame.release();
    }

    /** The address that is asked for is the session's, there is no other. */
    private ByteBuf answer(ByteBuf asked) {
        byte[] asker = ByteBufUtil.getBytes(asked, PAYLOAD_AT + 8, 10);
        byte[] address = ByteBufUtil.getBytes(asked, PAYLOAD_AT + 24, 4);
        return header(ARP)
                .writeBytes(asked, PAYLOAD_AT, 6)
                .writeShort(2)
                .writeBytes(mac)
                .writeBytes(address)
                .writeBytes(asker)
                .writeZero(18);
    }

    private ByteBuf header(int type) {
        return Unpooled.buffer().writeBytes(GATEWAY).writeBytes(mac).writeShort(type);
    }

    private void leave(String packet) {
        network.send(header(IPV4).writeBytes(packet.getBytes(ISO_8859_1)));
    }

    /** Frames of the machine's own, as they are. */
    private void pass(String frame) {
        network.send(Unpooled.copiedBuffer(frame, ISO_8859_1));
    }

    private void arrive(String bytes) {
        for (int from = 0; from < bytes.length(); from += CHUNK_BYTES_MAX) {
            String chunk = bytes.substring(from, Math.min(bytes.length(), from + CHUNK_BYTES_MAX));
            firmware.send(Unpooled.buffer()
                    .writeBytes(mac)
                    .writeBytes(GATEWAY)
                    .writeShort(ETHERTYPE)
                    .writeInt(hostBaud)
                    .writeShort(chunk.length())
                    .writeBytes(chunk.getBytes(ISO_8859_1)));
        }
    }
}
