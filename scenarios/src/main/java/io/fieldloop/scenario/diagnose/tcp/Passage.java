package io.fieldloop.scenario.diagnose.tcp;

import org.jspecify.annotations.Nullable;

/** How what one end sent came through: what had to be sent again, and how long it took until the other end said that it had it. */
public final class Passage {
    /** Radios of 4G leave the connected state after 10 s as a rule, and stop listening all the time after two. */
    public static final int IDLE_SECONDS_MIN = 2;

    private static final long IDLE_NANOS_MIN = IDLE_SECONDS_MIN * 1_000_000_000L;

    /** So much on its way fills queues and not only the air. */
    private static final long QUEUED_BYTES_MIN = 8192;

    private final Spread all = new Spread();
    private final Spread calm = new Spread();
    private final Spread woken = new Spread();
    private final Spread queued = new Spread();
    private long repeated;
    private @Nullable Moment lastRepeat;
    private int run;
    private long runs;
    private int longestRun;
    private @Nullable Moment longestRunAt;
    private long stuckSequence;
    private int stuckBytes;
    private int stuckTimes;
    private @Nullable Moment stuckAt;

    private long timedUntil = -1;
    private @Nullable Moment timedAt;
    private Spread timed = calm;

    /**
     * A segment that had not been there before.
     *
     * @param flight bytes on their way with it
     * @param idleNanos how long neither end had sent anything
     */
    void sent(long until, long flight, long idleNanos, Moment at) {
        run = 0;
        if (timedUntil < 0) {
            timedUntil = until;
            timedAt = at;
            timed = idleNanos >= IDLE_NANOS_MIN ? woken : flight >= QUEUED_BYTES_MIN ? queued : calm;
        }
    }

    void repeated(long sequence, int length, Moment at) {
        repeated++;
        lastRepeat = at;
        timedUntil = -1;
        run++;
        runs += run == 1 ? 1 : 0;
        if (run > longestRun) {
            longestRun = run;
            longestRunAt = at;
        }
        if (stuckTimes == 0 || sequence != stuckSequence) {
            stuckSequence = sequence;
            stuckTimes = 0;
            stuckAt = at;
        }
        stuckTimes++;
        stuckBytes = length;
    }

    /** @param alone whether it came by itself; with an answer it may have waited for that */
    void acknowledged(long upTo, long nanos, boolean alone) {
        if (upTo > stuckSequence) {
            stuckTimes = 0;
        }
        if (timedUntil >= 0 && upTo >= timedUntil && timedAt != null) {
            all.add(nanos - timedAt.nanos(), timedAt);
            if (alone) {
                timed.add(nanos - timedAt.nanos(), timedAt);
            }
            timedUntil = -1;
        }
    }

    /** Segments whose bytes had all been there before. */
    public long repeated() {
        return repeated;
    }

    public @Nullable Moment lastRepeat() {
        return lastRepeat;
    }

    /** How often one or more came again with nothing new between. */
    public long runs() {
        return runs;
    }

    /** The most that came again with nothing new between. */
    public int longestRun() {
        return longestRun;
    }

    /** The last packet of the longest run. */
    public @Nullable Moment longestRunAt() {
        return longestRunAt;
    }

    /** How often the last segment that was sent again was, without being acknowledged to the end. */
    public int stuckTimes() {
        return stuckTimes;
    }

    public int stuckBytes() {
        return stuckBytes;
    }

    /** When it was first sent again. */
    public @Nullable Moment stuckAt() {
        return stuckAt;
    }

    /** From a segment to its acknowledgement, of segments that were sent once. */
    public Spread roundTrips() {
        return all;
    }

    /** Those with an acknowledgement alone, of segments with little else on its way, and not after a pause. */
    public Spread calm() {
        return calm;
    }

    /** The same of segments that ended a pause. */
    public Spread woken() {
        return woken;
    }

    /** The same of segments with much on its way in front of them. */
    public Spread queued() {
        return queued;
    }
}
