package io.fieldloop.server.voice;

import io.fieldloop.server.event.ConnectionId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * What relaying a voice packet costs without the socket: decrypt, judge, encrypt for another flow; and what it leaves for the garbage
 * collector, by the JVM's own count of bytes allocated on the thread.
 */
public final class VoiceAllocationBenchmark {
    private static final int AUDIO_BYTES = 104;
    private static final int WARM_UP = 2_000_000;
    private static final int MEASURED = 10_000_000;

    private VoiceAllocationBenchmark() {}

    public static void main(String[] arguments) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Relay relay = new Relay();
        relay.run(WARM_UP);
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long cpu = threads.getCurrentThreadCpuTime();
        relay.run(MEASURED);
        double seconds = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
        double perPacket = (double) (threads.getCurrentThreadAllocatedBytes() - bytes) / MEASURED;
        System.out.printf(
                Locale.ROOT,
                "%,.0f packets per CPU second, %.3f B allocated per packet%n",
                MEASURED / seconds,
                perPacket);
    }

    private static final class Relay {
        private static final InetSocketAddress DEVICE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

        private final VoiceFlow from = flow(1, this::relay);
        private final VoiceFlow to = flow(2, audio -> {});
        private final ByteBuf datagram = UnpooledByteBufAllocator.DEFAULT.directBuffer(2048);
        private final ByteBuf out = UnpooledByteBufAllocator.DEFAULT.directBuffer(2048);
        private int sequence;

        private static VoiceFlow flow(int id, VoiceReceiver receiver) {
            return new VoiceFlow(
                    new ConnectionId(id), event -> {}, id, new byte[16], SequenceRule.HARDENED, 10_000, receiver, 0);
        }

        void run(int packets) {
            for (int i = 0; i < packets; i++) {
                datagram.clear();
                VoicePacket.writeHeader(datagram, VoicePacket.TYPE << Byte.SIZE, AUDIO_BYTES, 1, 0, ++sequence);
                datagram.writerIndex(VoicePacket.HEADER_BYTES + AUDIO_BYTES);
                from.receive(datagram, DEVICE, sequence * 60_000_000L);
            }
        }

        private void relay(ByteBuf audio) {
            out.clear();
            to.seal(audio, 0, out);
        }
    }
}
