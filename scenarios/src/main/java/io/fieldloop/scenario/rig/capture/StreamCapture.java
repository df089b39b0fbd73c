package io.fieldloop.scenario.rig.capture;

import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.capture.FrameCapture;
import io.fieldloop.qemu.link.packet.TcpEnds;
import io.fieldloop.server.connection.Secrets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes what passes one device's link as the TCP and UDP frames that would have carried it, in a file as the link of frames
 * makes it ({@link FrameCapture}).
 *
 * <p>The file appears with the first connection. Not on the wire of any rig are the headers: the sequence numbers count the
 * bytes that really passed, acknowledgements ride on what the other side sends anyway.
 */
final class StreamCapture implements LinkTap {
    private static final int GATEWAY_ADDRESS = 0x7f000001;
    private static final int FIRST_PORT = 49_152;
    private static final int PORTS = 65_536 - FIRST_PORT;

    private final Path file;
    private final InstantSource clock;
    private final int source;
    private final ToIntFunction<SocketAddress> ports;
    private final Map<Long, TcpSynthesizer> connections = new HashMap<>();
    private final ClientRandoms randoms = new ClientRandoms();
    private @Nullable FrameCapture frames;

    StreamCapture(Path file, InstantSource clock, InetAddress source, ToIntFunction<SocketAddress> ports) {
        this.file = file;
        this.clock = clock;
        this.source = ByteBuffer.wrap(source.getAddress()).getInt();
        this.ports = ports;
    }

    @Override
    public synchronized void offered(long connection, Direction direction, Packet packet, @Nullable String fate) {
        if (packet instanceof Packet.Datagram datagram) {
            new Recorder(frames()).offered(direction, frame(direction, datagram), fate);
        }
        if (packet instanceof Packet.Syn syn) {
            open(connection, syn);
        }
        TcpSynthesizer story = connections.get(connection);
        if (story != null) {
            if (direction == Direction.UPSTREAM && packet instanceof Packet.Data data) {
                randoms.sent(connection, data.bytes());
            }
            story.offered(direction, packet, fate);
        }
    }

    @Override
    public synchronized void delivered(long connection, Direction direction, Packet packet) {
        if (packet instanceof Packet.Datagram datagram) {
            new Recorder(frames()).delivered(direction, frame(direction, datagram), null);
        }
        TcpSynthesizer story = connections.get(connection);
        if (story != null) {
            story.delivered(direction, packet);
        }
    }

    private ByteBuf frame(Direction direction, Packet.Datagram datagram) {
        int port = ((InetSocketAddress) datagram.device()).getPort();
        TcpEnds up = TcpEnds.between(source, port, GATEWAY_ADDRESS, ports.applyAsInt(datagram.remote()));
        return (direction == Direction.UPSTREAM ? up : up.back()).datagram(ByteBufUtil.getBytes(datagram.bytes()));
    }

    private void open(long connection, Packet.Syn syn) {
        int port = FIRST_PORT + (int) (connection % PORTS);
        TcpEnds up = TcpEnds.between(source, port, GATEWAY_ADDRESS, ports.applyAsInt(syn.remote()));
        connections.put(connection, new TcpSynthesizer(up, connection, new Recorder(frames())));
    }

    private FrameCapture frames() {
        if (frames == null) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                frames = FrameCapture.create(file, clock, Secrets::blanked);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The capture " + file + " cannot be written: " + e.getMessage() + ".", e);
            }
        }
        return frames;
    }

    /** An entry that concerns this device. */
    synchronized void event(String line) {
        if (frames != null) {
            frames.event(line);
        }
    }

    /** A line of the gateway's key log; what belongs to other devices is left out. */
    synchronized void tlsSecret(String line) {
        if (frames != null && randoms.isOwn(line)) {
            frames.tlsSecret(line);
        }
    }

    synchronized void close() throws IOException {
        if (frames != null) {
            frames.close();
        }
    }

    /** Frames into the file. */
    private record Recorder(FrameCapture frames) implements TcpSynthesizer.Frames {
        @Override
        public void offered(Direction direction, ByteBuf frame, @Nullable String comment) {
            frames.offered(direction, frame.nioBuffer(), comment);
            frame.release();
        }

        @Override
        public void delivered(Direction direction, ByteBuf frame, @Nullable String comment) {
            frames.delivered(direction, frame.nioBuffer(), comment);
            frame.release();
        }
    }
}
