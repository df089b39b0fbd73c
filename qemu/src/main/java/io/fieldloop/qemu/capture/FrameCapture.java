package io.fieldloop.qemu.capture;

import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.Frame;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Records one device's link in a pcapng file: every frame where it was offered to the link and again where it arrived,
 * console lines and events between them, and the secrets that decrypt its TLS.
 *
 * <p>The four interfaces are {@code device} (what the device sent), {@code network} (what the network sent),
 * {@code to-network} and {@code to-device} (what arrived there); frames that did not arrive carry the reason as a comment.
 * {@code console} has the firmware's lines, {@code events} what else is worth knowing, also as comments.
 *
 * <p>Safe for use by several threads. A capture that can no longer be written stops, and {@link #close} says why; the run
 * goes on.
 */
public final class FrameCapture implements AutoCloseable {
    // An exported PDU starts with tags: 12 names the dissector, 0 ends them (Wireshark, wsutil/exported_pdu_tlvs.h).
    private static final byte[] SYSLOG_PDU = {0, 12, 0, 8, 's', 'y', 's', 'l', 'o', 'g', 0, 0, 0, 0, 0, 0};

    private final PcapngWriter writer;
    private final InstantSource clock;
    private final UnaryOperator<byte[]> secrets;
    private final StreamSecrets streams;
    private final int device;
    private final int network;
    private final int toDevice;
    private final int toNetwork;
    private final int console;
    private final int events;
    private @Nullable IOException failure;

    private FrameCapture(PcapngWriter writer, InstantSource clock, UnaryOperator<byte[]> secrets) throws IOException {
        this.writer = writer;
        this.clock = clock;
        this.secrets = secrets;
        this.streams = new StreamSecrets(secrets);
        device = ethernet("device", "offered by the device");
        network = ethernet("network", "offered by the network");
        toNetwork = ethernet("to-network", "delivered to the network");
        toDevice = ethernet("to-device", "delivered to the device");
        console = writer.addInterface("console", "UART0 of the firmware", PcapngWriter.LINKTYPE_WIRESHARK_UPPER_PDU);
        events = writer.addInterface("events", "what happened", PcapngWriter.LINKTYPE_WIRESHARK_UPPER_PDU);
        writer.flush();
    }

    /**
     * Begins a file, in place of one that is there.
     *
     * @param clock gives the frames' times
     * @param secrets returns the same number of bytes of a segment or a line, with what is secret in them blanked
     */
    public static FrameCapture create(Path path, InstantSource clock, UnaryOperator<byte[]> secrets)
            throws IOException {
        PcapngWriter writer = PcapngWriter.create(path, "fieldloop");
        try {
            return new FrameCapture(writer, clock, secrets);
        } catch (IOException e) {
            writer.close();
            throw e;
        }
    }

    /** A frame comes to the link; {@code comment} says what the link does to it, if anything. */
    public void offered(Direction direction, ByteBuffer frame, @Nullable String comment) {
        packet(direction == Direction.UPSTREAM ? device : network, blanked(frame), comment);
    }

    /** A frame arrives; {@code comment} says what it is, if not what was offered. */
    public void delivered(Direction direction, ByteBuffer frame, @Nullable String comment) {
        packet(direction == Direction.UPSTREAM ? toNetwork : toDevice, blanked(frame), comment);
    }

    /** Datagrams of voice are encrypted, and no others have secrets. */
    private ByteBuffer blanked(ByteBuffer frame) {
        Frame shown = Frame.of(Unpooled.copiedBuffer(frame));
        if (shown.kind() == Frame.Kind.TCP && shown.segment().payloadBytes() > 0) {
            byte[] payload = ByteBufUtil.getBytes(shown.segment().payload());
            byte[] blanked = streams.blanked(shown, payload);
            if (!Arrays.equals(payload, blanked)) {
                shown.setPayload(blanked);
                return shown.bytes().nioBuffer();
            }
        }
        return frame;
    }

    /** The firmware has printed a line. */
    public void consoleLine(String line) {
        line(console, line);
        run(writer::flush);
    }

    /** Something has happened. */
    public void event(String line) {
        line(events, line);
    }

    private void line(int interfaceNumber, String line) {
        byte[] text = secrets.apply(line.getBytes(StandardCharsets.UTF_8));
        ByteBuffer pdu = ByteBuffer.allocate(SYSLOG_PDU.length + text.length);
        packet(interfaceNumber, pdu.put(SYSLOG_PDU).put(text).flip(), new String(text, StandardCharsets.UTF_8));
    }

    /** A line of a TLS key log (NSS format) of one of the connections' ends. */
    public void tlsSecret(String keyLogLine) {
        run(() -> writer.tlsSecret(keyLogLine));
    }

    /**
     * Completes the file.
     *
     * @throws IOException when it could not be written to the end
     */
    @Override
    public void close() throws IOException {
        writer.close();
        if (failure != null) {
            throw failure;
        }
    }

    private int ethernet(String name, String description) throws IOException {
        return writer.addInterface(name, description, PcapngWriter.LINKTYPE_ETHERNET);
    }

    private void packet(int interfaceNumber, ByteBuffer bytes, @Nullable String comment) {
        Instant now = clock.instant();
        run(() -> writer.packet(interfaceNumber, now, bytes, comment));
    }

    private synchronized void run(Writing writing) {
        if (failure == null) {
            try {
                writing.run();
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
