package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.TcpEnds;
import io.fieldloop.qemu.link.packet.TcpSegment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A relay in frozen time, between a device at 10.0.2.15:50000 and a gateway at 10.0.2.2:443. */
final class RelayBench implements AutoCloseable {
    static final int DEVICE = 0x0a00020f;
    static final int GATEWAY = 0x0a000202;
    static final int DEVICE_PORT = 50_000;
    static final int GATEWAY_PORT = 443;
    /** What the device's stream and the gateway's begin with. */
    static final int DEVICE_FIRST = 0xffff_fff0;

    static final int GATEWAY_FIRST = 9000;

    final NameService names = new NameService();
    final PortMap ports = new PortMap();
    final List<LinkEvent> events = new ArrayList<>();
    final List<Arrived> arrivals = new ArrayList<>();
    final FrameRelay relay;
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final long startNanos;
    private final TcpEnds fromDevice = TcpEnds.like(Frame.of(template()), DEVICE_PORT, GATEWAY_PORT);

    RelayBench(long seed, String... keysAndValues) {
        this(seed, Egress.ALLOWED, keysAndValues);
    }

    RelayBench(long seed, Egress egress, String... keysAndValues) {
        channel.freezeTime();
        startNanos = channel.eventLoop().ticker().nanoTime();
        FrameLinkConfig config =
                new FrameLinkConfig(profile(keysAndValues), seed, Path.of("unused"), names, ports, egress, null);
        relay = new FrameRelay(config, channel.eventLoop(), events::add, this::arrived);
    }

    static LinkProfile profile(String... keysAndValues) {
        LinkProfile profile = LinkProfile.NONE;
        for (int i = 0; i < keysAndValues.length; i += 2) {
            profile = profile.with(keysAndValues[i], keysAndValues[i + 1]);
        }
        return profile;
    }

    void after(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runPendingTasks();
    }

    /** Goes on in steps of a tenth of a millisecond, so that what happens is seen at its time. */
    void until(double millis) {
        while (millis() < millis - 1e-6) {
            after(Duration.ofNanos(100_000));
        }
    }

    double millis() {
        return (channel.eventLoop().ticker().nanoTime() - startNanos) / 1e6;
    }

    /** Three segments that open the connection, all delivered. */
    RelayBench opened() {
        fromDevice(TcpSegment.SYN, DEVICE_FIRST, 0, "");
        after(Duration.ofSeconds(1));
        fromGateway(TcpSegment.SYN | TcpSegment.ACK, GATEWAY_FIRST, DEVICE_FIRST + 1, "");
        after(Duration.ofSeconds(1));
        fromDevice(TcpSegment.ACK, DEVICE_FIRST + 1, GATEWAY_FIRST + 1, "");
        after(Duration.ofSeconds(1));
        arrivals.clear();
        return this;
    }

    /** {@code position} counts from the first byte of the device's stream. */
    void deviceSays(int position, String text) {
        fromDevice(TcpSegment.ACK | TcpSegment.PSH, DEVICE_FIRST + 1 + position, GATEWAY_FIRST + 1, text);
    }

    void gatewaySays(int position, String text) {
        fromGateway(TcpSegment.ACK | TcpSegment.PSH, GATEWAY_FIRST + 1 + position, DEVICE_FIRST + 1, text);
    }

    void fromDevice(int flags, int sequence, int acknowledged, String text) {
        relay.offered(Direction.UPSTREAM, fromDevice.frame(flags, sequence, acknowledged, bytes(text)));
        channel.runPendingTasks();
    }

    void fromGateway(int flags, int sequence, int acknowledged, String text) {
        TcpEnds ends = fromDevice.back(ports.actual(GATEWAY_PORT), DEVICE_PORT);
        relay.offered(Direction.DOWNSTREAM, ends.frame(flags, sequence, acknowledged, bytes(text)));
        channel.runPendingTasks();
    }

    void udp(Direction direction, int sourcePort, int destinationPort, byte... payload) {
        relay.offered(direction, datagram(direction, sourcePort, destinationPort, payload));
        channel.runPendingTasks();
    }

    /** How many packets did not arrive, for that reason. */
    long dropped(String reason) {
        return events.stream()
                .filter(event -> event instanceof LinkEvent.Dropped drop
                        && drop.reason().wireName().equals(reason))
                .mapToLong(event -> ((LinkEvent.Dropped) event).packets())
                .sum();
    }

    /** A DNS query of that type: 1 for an address, 28 for an IPv6 address. */
    static byte[] query(String name, int type) {
        ByteBuf query = Unpooled.buffer();
        // Transaction, recursion desired, one question.
        query.writeShort(0x1234).writeShort(0x0100).writeShort(1).writeZero(6);
        for (String label : name.split("\\.", -1)) {
            query.writeByte(label.length()).writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        query.writeByte(0).writeShort(type).writeShort(1);
        return Arrays.copyOf(query.array(), query.writerIndex());
    }

    List<String> kinds() {
        return events.stream().map(LinkEvent::kind).toList();
    }

    @Override
    public void close() {
        relay.close();
    }

    private void arrived(Direction direction, ByteBuf bytes) {
        arrivals.add(new Arrived(millis(), direction, Frame.of(Unpooled.wrappedBuffer(ByteBufUtil.getBytes(bytes)))));
        bytes.release();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuf template() {
        return datagram(Direction.UPSTREAM, 0, 0);
    }

    static ByteBuf datagram(Direction direction, int sourcePort, int destinationPort, byte... payload) {
        boolean up = direction == Direction.UPSTREAM;
        ByteBuf frame = Unpooled.buffer();
        // Both MAC addresses, IPv4; version, length, no fragment; time to live, UDP, no checksum.
        frame.writeZero(12).writeShort(0x0800);
        frame.writeShort(0x4500).writeShort(28 + payload.length).writeInt(0);
        frame.writeByte(64).writeByte(17).writeShort(0);
        frame.writeInt(up ? DEVICE : GATEWAY).writeInt(up ? GATEWAY : DEVICE);
        frame.writeShort(sourcePort)
                .writeShort(destinationPort)
                .writeShort(8 + payload.length)
                .writeShort(0);
        return frame.writeBytes(payload);
    }

    /** A frame that came out, when, and on which side. */
    record Arrived(double millis, Direction direction, Frame frame) {
        TcpSegment segment() {
            return frame.segment();
        }

        String text() {
            return segment().payload().toString(StandardCharsets.US_ASCII);
        }
    }
}
