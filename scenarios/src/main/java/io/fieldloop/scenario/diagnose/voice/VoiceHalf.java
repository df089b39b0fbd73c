package io.fieldloop.scenario.diagnose.voice;

import io.fieldloop.device.voice.EModel;
import io.fieldloop.scenario.diagnose.capture.Frame;
import io.fieldloop.scenario.diagnose.capture.Octets;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The voice that one end sent, as far as it came by: how much, and by the sequence numbers what did not. */
public final class VoiceHalf {
    static final int HEADER_BYTES = 16;
    private static final int SEQUENCE_AT = 12;
    private static final int GAPS_MAX = 1000;
    private static final int SAMPLES_MAX = 8;

    /** Three minutes of voice: a jump over more is a new count and no loss. */
    private static final int JUMP_PACKETS_MIN = 3000;

    private final List<Gap> gaps = new ArrayList<>();
    private final List<byte[]> samples = new ArrayList<>();
    private @Nullable Leap leap;
    private @Nullable Moment first;
    private @Nullable Moment last;
    private int highest;
    private long packets;
    private long missing;
    private long late;
    private long repeated;
    private double lateSeconds;

    /** Which of the 64 numbers up to the highest have come, that one as the lowest bit. */
    private long seen;

    /** A number far from the others: a damaged one, unless the next goes on from there. */
    private record Leap(int to, Moment at) {}

    void accept(Frame frame, Moment at) {
        int sequence = Octets.i32(frame.bytes(), frame.payloadAt() + SEQUENCE_AT);
        sample(frame);
        packets++;
        last = at;
        if (first != null && Math.abs(sequence - highest) > Long.SIZE) {
            Leap before = leap;
            leap = new Leap(sequence, at);
            if (before == null || sequence <= before.to() || sequence - before.to() > Long.SIZE) {
                return;
            }
            count(before.to(), before.at());
        }
        leap = null;
        count(sequence, at);
    }

    private void count(int sequence, Moment at) {
        int ahead = first == null ? 1 : sequence - highest;
        if (first == null || Math.abs(ahead) > JUMP_PACKETS_MIN) {
            first = first == null ? at : first;
            seen = 1;
            highest = sequence;
        } else if (ahead > 0) {
            forward(sequence, ahead, at);
        } else {
            backward(sequence, -ahead, at);
        }
    }

    private void sample(Frame frame) {
        if (samples.size() < SAMPLES_MAX && frame.payloadBytes() > HEADER_BYTES) {
            int from = frame.payloadAt();
            samples.add(Arrays.copyOfRange(frame.bytes(), from, from + HEADER_BYTES + 1));
        }
    }

    private void forward(int sequence, int ahead, Moment at) {
        if (ahead > 1) {
            missing += ahead - 1;
            if (gaps.size() < GAPS_MAX) {
                gaps.add(new Gap(highest + 1, ahead - 1, at));
            }
        }
        seen = ahead < Long.SIZE ? seen << ahead | 1 : 1;
        highest = sequence;
    }

    private void backward(int sequence, int behind, Moment at) {
        if (behind >= Long.SIZE || (seen >>> behind & 1) != 0) {
            repeated++;
            return;
        }
        seen |= 1L << behind;
        late++;
        missing--;
        for (int i = gaps.size() - 1; i >= 0; i--) {
            Gap gap = gaps.get(i);
            if (gap.holds(sequence)) {
                lateSeconds += at.secondsSince(gap.behind());
                // Numbers need not stay exact, only their count: nothing else asks for them.
                gaps.set(i, new Gap(gap.first(), gap.packets() - 1, gap.behind()));
                return;
            }
        }
    }

    public long packets() {
        return packets;
    }

    /** Numbers between the first and the highest that no packet had. */
    public long missing() {
        return missing;
    }

    /** Packets that came behind one with a higher number. */
    public long late() {
        return late;
    }

    /** How long on average such a packet came behind the one that overtook it. */
    public double lateMillis() {
        return late == 0 ? 0 : 1000 * lateSeconds / late;
    }

    /** Packets that had come before, or came so late that nobody can tell. */
    public long repeated() {
        return repeated;
    }

    /** Of all that were sent, as far as the numbers tell. */
    public double lostShare() {
        return packets == 0 ? 0 : (double) missing / (packets + missing);
    }

    /** How people would rate it (ITU-T G.107): what came late was not played either. */
    public double mos() {
        return EModel.mos(packets - late - repeated, missing + late, gaps.size());
    }

    /** In the order of their packets; of what came late none is left. */
    public List<Gap> gaps() {
        return gaps.stream().filter(gap -> gap.packets() > 0).toList();
    }

    /** Header and first octet of the first packets. */
    List<byte[]> samples() {
        return samples;
    }

    /** Null where nothing came by. */
    public @Nullable Moment first() {
        return first;
    }

    public @Nullable Moment last() {
        return last;
    }
}
