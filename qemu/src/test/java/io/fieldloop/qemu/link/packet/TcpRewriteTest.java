package io.fieldloop.qemu.link.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Checksums that are updated, against checksums that are computed anew by another route. */
final class TcpRewriteTest {
    @Test
    void computesTheExampleOfRfc1071() {
        ByteBuf bytes = Unpooled.wrappedBuffer(
                new byte[] {0, 1, (byte) 0xf2, 3, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7});

        assertThat(InternetChecksum.of(bytes, 0, 8, 0)).isEqualTo(~0xddf2 & 0xffff);
    }

    @Test
    void updatesTheExampleOfRfc1624() {
        assertThat(InternetChecksum.updated(0xdd2f, 0x5555, 0x3285)).isZero();
    }

    @RepeatedTest(200)
    void rewrittenSegmentsHaveTheChecksumsOfNewOnes(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        boolean v6 = random.nextBoolean();
        ByteBuf bytes = randomSegment(random, v6);
        Frame frame = Frame.of(bytes);
        assertSealed(bytes);

        IpAddress address = v6 ? new IpAddress(random.nextLong(), random.nextLong()) : IpAddress.v4(random.nextInt());
        frame.setSource(address, random.nextInt(1 << 16));
        frame.setDestination(address, random.nextInt(1 << 16));
        assertThat(frame.source()).isEqualTo(address).isEqualTo(frame.destination());
        assertSealed(bytes);

        int half = frame.segment().payloadBytes() / 2;
        ByteBuf piece = frame.piece(half, half).bytes();
        assertSealed(piece);
        piece.release();

        frame.truncatePayload(random.nextInt(frame.segment().payloadBytes() + 1));
        assertSealed(bytes);
        assertThat(Frame.of(bytes).ipBytes()).isEqualTo(bytes.readableBytes() - Frame.ETHERNET_BYTES);
        bytes.release();
    }

    @RepeatedTest(50)
    void clampsTheSegmentSizeWhereverTheOptionLies(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int noOperations = random.nextInt(5);
        ByteBuf bytes = synWithSegmentSize(1460, noOperations);

        Frame.of(bytes).segment().clampSegmentSize(536);

        assertThat(bytes.getUnsignedShort(54 + noOperations + 2)).isEqualTo(536);
        assertSealed(bytes);
        bytes.release();
    }

    @Test
    void leavesASmallerSegmentSizeAlone() {
        ByteBuf bytes = synWithSegmentSize(400, 1);

        Frame.of(bytes).segment().clampSegmentSize(536);

        assertThat(bytes.getUnsignedShort(54 + 3)).isEqualTo(400);
        bytes.release();
    }

    private static ByteBuf randomSegment(Random random, boolean v6) {
        byte[] payload = new byte[random.nextInt(1461)];
        random.nextBytes(payload);
        TcpEnds ends = TcpEnds.like(
                Frame.of(v6 ? templateOfIpv6() : template()), random.nextInt(1 << 16), random.nextInt(1 << 16));
        return ends.frame(TcpSegment.ACK, random.nextInt(), random.nextInt(), payload);
    }

    /** A SYN with eight bytes of options: some of no operation, the segment size, the end of the list. */
    private static ByteBuf synWithSegmentSize(int size, int noOperations) {
        TcpEnds ends = TcpEnds.like(Frame.of(template()), 1, 2);
        ByteBuf bytes = ends.frame(TcpSegment.SYN, 7, 0, new byte[12]);
        bytes.setByte(46, 8 << 4);
        for (int i = 0; i < noOperations; i++) {
            bytes.setByte(54 + i, 1);
        }
        bytes.setByte(54 + noOperations, 2).setByte(55 + noOperations, 4).setShort(56 + noOperations, size);
        Headers.seal(bytes, 34, 66);
        return bytes;
    }

    /** An IPv4 packet whose addresses matter and nothing else. */
    private static ByteBuf template() {
        ByteBuf bytes = Unpooled.buffer(54).writeZero(54);
        bytes.setShort(12, 0x0800).setByte(14, 0x45).setShort(16, 40).setByte(23, 6);
        return bytes.setInt(26, 0x0a00020f).setInt(30, 0x0a000202).setByte(46, 5 << 4);
    }

    /** The same of IPv6: version, length and next header, 2001:db8::1 to 2001:db8::2. */
    private static ByteBuf templateOfIpv6() {
        ByteBuf bytes = Unpooled.buffer(74).writeZero(74);
        bytes.setShort(12, 0x86dd).setByte(14, 0x60).setShort(18, 20).setByte(20, 6);
        bytes.setInt(22, 0x20010db8).setByte(37, 1).setInt(38, 0x20010db8).setByte(53, 2);
        return bytes.setByte(66, 5 << 4);
    }

    /** Sums both parts up byte by byte: with its checksum in it, a sum is all ones (RFC 1071, section 1). */
    private static void assertSealed(ByteBuf bytes) {
        if (bytes.getByte(14) == 0x60) {
            int segmentBytes = bytes.getUnsignedShort(18);
            int total = sum(bytes, 22, 54) + 6 + segmentBytes + sum(bytes, 54, 54 + segmentBytes);
            assertThat((total & 0xffff) + (total >> 16)).isEqualTo(0xffff);
            return;
        }
        int ipBytes = bytes.getUnsignedShort(16);
        assertThat(sum(bytes, 14, 34)).isEqualTo(0xffff);
        int pseudo = sum(bytes, 26, 34) + 6 + ipBytes - 20;
        int total = pseudo + sum(bytes, 34, 14 + ipBytes);
        assertThat((total & 0xffff) + (total >> 16)).isEqualTo(0xffff);
    }

    private static int sum(ByteBuf bytes, int from, int to) {
        int sum = 0;
        for (int at = from; at < to; at++) {
            sum += bytes.getUnsignedByte(at) << ((at - from) % 2 == 0 ? 8 : 0);
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return sum;
    }
}
