package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.voice.Gap;
import io.fieldloop.scenario.diagnose.voice.VoiceHalf;
import io.fieldloop.scenario.diagnose.voice.VoiceKey;
import io.fieldloop.scenario.diagnose.voice.VoiceSession;
import io.fieldloop.scenario.diagnose.voice.VoiceTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges voice over UDP: whether both ends heard each other, and what was lost on the way. */
public final class VoiceJudge {
    /** Half a second of voice: with less nobody can be said to have spoken. */
    private static final int SPOKEN_PACKETS_MIN = 8;

    private static final double PATIENCE_SECONDS = 5;

    /** Below that nobody hears it (ITU-T G.107 with Opus and its concealment); what is lost in a row is heard sooner. */
    private static final double LOST_SHARE_MIN = 0.01;

    private static final int LOST_IN_A_ROW_MIN = 3;
    private static final int GAPS_SHOWN = 3;

    private final VoiceSession here;
    private final @Nullable VoiceSession beyond;
    private final boolean bothEnds;
    private final List<VoiceKey> keys;
    private final Moment captureEnd;
    private final List<Cause> causes = new ArrayList<>();
    private final List<Evidence> seen = new ArrayList<>();

    private VoiceJudge(
            VoiceSession here,
            @Nullable VoiceSession beyond,
            boolean bothEnds,
            List<VoiceKey> keys,
            Moment captureEnd) {
        this.here = here;
        this.beyond = beyond;
        this.bothEnds = bothEnds;
        this.keys = keys;
        this.captureEnd = captureEnd;
    }

    /**
     * A session, and what there is to say of it.
     *
     * @param beyond the same at the other end of the link, or null where nothing of it came by there
     * @param bothEnds whether the capture shows that end at all
     */
    public record Judged(VoiceSession here, @Nullable VoiceSession beyond, boolean bothEnds, Finding finding) {
        /** The session as it is seen behind the NAT, where that is to be seen. */
        public VoiceSession outside() {
            return VoiceJudge.outside(here, beyond);
        }
    }

    /** A NAT stands between device and server: its own end of the link shows one address, whatever the NAT gives it. */
    private static VoiceSession outside(VoiceSession here, @Nullable VoiceSession beyond) {
        return here.moved() == null && beyond != null && beyond.moved() != null ? beyond : here;
    }

    /**
     * Each session, as the device saw it where that is to be seen.
     *
     * @param bothEnds whether the capture shows the other end of the link too
     */
    public static List<Judged> judge(VoiceTable voice, List<VoiceKey> keys, boolean bothEnds, Moment captureEnd) {
        List<VoiceSession> all = voice.sessions();
        return all.stream()
                .filter(one -> one.point() == 0 || all.stream().noneMatch(one::isSeenAs))
                .map(one -> new VoiceJudge(
                                one,
                                all.stream().filter(one::isSeenAs).findFirst().orElse(null),
                                bothEnds,
                                keys,
                                captureEnd)
                        .judged())
                .toList();
    }

    private Judged judged() {
        return new Judged(here, beyond, bothEnds, finding());
    }

    private Finding finding() {
        heard("device", here.up());
        heard("server", here.down());
        silence();
        moved();
        // What an end sent is told best where it arrives.
        List<Evidence> lost = new ArrayList<>();
        boolean heard = lost("device", beyond == null ? here.up() : beyond.up(), lost);
        heard |= lost("server", here.down(), lost);
        // Where nothing comes back, the sender's own socket may have refused what is missing.
        if (heard && here.down().packets() + (beyond == null ? 0 : beyond.up().packets()) > 0) {
            causes.add(new Cause("udp-loss", Confidence.CERTAIN, lost, List.of()));
        } else {
            seen.addAll(lost);
        }
        decrypts();
        return new Finding("Voice (UDP)", here.ends().toString(), causes, seen, 1);
    }

    private void heard(String sender, VoiceHalf half) {
        if (half.first() != null && half.last() != null) {
            String seconds = Scene.seconds(half.last().secondsSince(half.first()));
            seen.add(see(half.first(), sender + ": the first of " + half.packets() + " packets in " + seconds, ""));
        }
    }

    private void silence() {
        Moment last = here.up().last();
        if (here.up().packets() < SPOKEN_PACKETS_MIN || here.down().packets() > 0 || last == null) {
            return;
        }
        List<Evidence> evidence = new ArrayList<>();
        double waited = captureEnd.secondsSince(last);
        evidence.add(see(
                last,
                "device: the last voice packet",
                "none came back in the " + Scene.seconds(waited)
                        + " from there to the end of the capture, nor before"));
        where(evidence);
        boolean certain = evidence.size() > 1;
        causes.add(
                new Cause(
                        "udp-silent",
                        certain
                                ? Confidence.CERTAIN
                                : waited >= PATIENCE_SECONDS ? Confidence.LIKELY : Confidence.POSSIBLE,
                        evidence,
                        certain
                                ? List.of()
                                : List.of(
                                        "a capture at the server: whether these packets arrive there, and where it answers to")));
    }

    private void where(List<Evidence> evidence) {
        Moment unreachable = here.unreachable();
        if (unreachable != null) {
            evidence.add(see(
                    unreachable, "ICMP: " + TcpJudge.unreachableWords(here.unreachableCode()), "about a voice packet"));
        }
        if (bothEnds && beyond == null) {
            evidence.add(see(
                    Objects.requireNonNull(here.up().first()),
                    "device: the first voice packet",
                    "neither it nor a later one left the link at its other end"));
        } else if (beyond != null && beyond.down().first() != null) {
            evidence.add(see(
                    beyond.down().first(),
                    "server: the first of " + beyond.down().packets() + " packets",
                    "which left the server, and never arrived at the device"));
        }
    }

    /** A NAT gave the device another address under its voice; that does harm where the server does not follow. */
    private void moved() {
        VoiceSession outside = outside(here, beyond);
        Moment moved = outside.moved();
        if (moved == null) {
            return;
        }
        Evidence change = see(
                moved,
                "device: now from " + outside.ends(),
                "before from " + outside.movedFrom() + ", after " + Scene.seconds(outside.silentSeconds())
                        + " of silence: its NAT gave it another port");
        Moment old = outside.toOldAddress();
        if (old == null) {
            seen.add(change);
        } else {
            causes.add(new Cause(
                    "udp-rebound",
                    Confidence.CERTAIN,
                    List.of(change, see(old, "server: still to the old address", "the device cannot hear it there")),
                    List.of()));
        }
    }

    /** Whether so much is missing, or too late to be played, that people hear it. */
    private static boolean lost(String sender, VoiceHalf half, List<Evidence> evidence) {
        long total = half.packets() + half.missing();
        if (half.missing() + half.late() + half.repeated() == 0) {
            return false;
        }
        List<Gap> longest = half.gaps().stream()
                .sorted(Comparator.comparingInt(gap -> -gap.packets()))
                .limit(GAPS_SHOWN)
                .toList();
        String sum = String.format(
                Locale.ROOT,
                "of %d packets of the %s %d are missing (%.1f %%), %d came late, %d again; MOS %.2f by the E-model",
                total,
                sender,
                half.missing(),
                100 * half.lostShare(),
                half.late(),
                half.repeated(),
                half.mos());
        evidence.add(see(Objects.requireNonNull(half.last()), sender + ": its last voice packet", sum));
        longest.forEach(gap -> evidence.add(see(
                gap.behind(),
                sender + ": " + gap.packets() + " missing before it",
                "sequence numbers from " + Integer.toUnsignedString(gap.first()))));
        return half.missing() + half.late() >= LOST_SHARE_MIN * total
                || longest.stream().anyMatch(gap -> gap.packets() >= LOST_IN_A_ROW_MIN);
    }

    private void decrypts() {
        Optional<VoiceKey> own = keys.stream().filter(key -> key.isOf(here)).findFirst();
        if (own.isEmpty()) {
            return;
        }
        VoiceKey key = own.get();
        for (VoiceHalf half : List.of(here.up(), here.down())) {
            String sender = half.equals(here.up()) ? "device" : "server";
            Moment first = half.first();
            Optional<Boolean> fits = first == null ? Optional.empty() : key.fits(half);
            if (first == null || fits.isEmpty()) {
                continue;
            }
            Evidence hello = see(key.at(), "server: hello", "it gives the key");
            if (fits.get()) {
                seen.add(see(
                        first,
                        sender + ": voice",
                        "it decrypts with the key of packet " + key.at().packet()));
            } else {
                causes.add(new Cause(
                        "udp-key-mismatch",
                        Confidence.LIKELY,
                        List.of(
                                hello,
                                see(first, sender + ": voice", "with that key its packets are no Opus of one speaker")),
                        List.of("whether a later hello, or another server, gave the device another key")));
            }
        }
    }

    private static Evidence see(Moment at, String shown, String says) {
        return new Evidence("packet " + at.packet(), shown, says);
    }
}
