package io.fieldloop.device.modem.ppp;

/** Finds frames in what a serial line brings; anything else, such as text before the first one, is skipped. */
final class HdlcDecoder {

    /** Takes frames. */
    interface Frames {
        void received(int protocol, String payload);
    }

    private static final int CHECKSUM_BYTES = 2;

    /** More than any unit that is negotiated here. */
    private static final int FRAME_BYTES_MAX = 4096;

    private final Frames frames;
    private final StringBuilder frame = new StringBuilder();
    private int skipped = -1;
    private boolean escaped;

    HdlcDecoder(Frames frames) {
        this.frames = frames;
    }

    /** @param skip a bit for each of the 32 control characters that the line may have put in, which is not data unless it is escaped */
    void skips(int skip) {
        skipped = skip;
    }

    void receive(String bytes) {
        for (int index = 0; index < bytes.length(); index++) {
            take(bytes.charAt(index));
        }
    }

    private void take(char value) {
        if (value == Hdlc.FLAG) {
            boolean aborted = escaped;
            escaped = false;
            end(aborted);
        } else if (value == Hdlc.ESCAPE) {
            escaped = true;
        } else if (escaped) {
            escaped = false;
            put((char) (value ^ Hdlc.FLIPPED));
        } else if (value >= 32 || (skipped >>> value & 1) == 0) {
            put(value);
        }
    }

    private void put(char value) {
        if (frame.length() <= FRAME_BYTES_MAX) {
            frame.append(value);
        }
    }

    private void end(boolean aborted) {
        boolean whole = !aborted && frame.length() > CHECKSUM_BYTES && frame.length() <= FRAME_BYTES_MAX;
        String bytes =
                whole && Hdlc.checksum(frame) == Hdlc.GOOD ? frame.substring(0, frame.length() - CHECKSUM_BYTES) : "";
        frame.setLength(0);
        if (!bytes.isEmpty()) {
            read(bytes);
        }
    }

    /** Address, control and the first byte of the protocol may be left out once that is agreed; whoever does it earlier is understood too. */
    private void read(String bytes) {
        String rest = bytes.startsWith(Hdlc.ADDRESS_AND_CONTROL) ? bytes.substring(2) : bytes;
        if (rest.isEmpty()) {
            return;
        }
        if ((rest.charAt(0) & 1) != 0) {
            frames.received(rest.charAt(0), rest.substring(1));
        } else if (rest.length() > 1) {
            frames.received(rest.charAt(0) << 8 | rest.charAt(1), rest.substring(2));
        }
    }
}
