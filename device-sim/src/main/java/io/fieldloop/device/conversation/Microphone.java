package io.fieldloop.device.conversation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Makes the user's speech: Opus packets of 60 ms as the firmware's encoder would send them, with noise for content.
 *
 * <p>Sizes are those of 16 kHz mono speech at about 16 to 20 kbit/s: 100 to 160 bytes.
 */
final class Microphone {

    /** The firmware's OPUS_FRAME_DURATION_MS. */
    static final Duration FRAME = Duration.ofMillis(60);

    private static final int PACKET_BYTES_MIN = 100;
    private static final int PACKET_BYTES_MAX = 160;

    /** RFC 6716 section 3.1: configuration 11 (SILK, wideband, 60 ms), mono, one frame. */
    private static final byte TABLE_OF_CONTENTS = 11 << 3;

    private final RandomGenerator random;

    Microphone(RandomGenerator random) {
        this.random = random;
    }

    byte[] nextPacket() {
        byte[] packet = new byte[random.nextInt(PACKET_BYTES_MIN, PACKET_BYTES_MAX + 1)];
        random.nextBytes(packet);
        packet[0] = TABLE_OF_CONTENTS;
        return packet;
    }

    /** How many packets a stretch of speech makes; a begun frame is completed. */
    static int packetsOf(Duration speech) {
        return Math.toIntExact((speech.toNanos() + FRAME.toNanos() - 1) / FRAME.toNanos());
    }
}
