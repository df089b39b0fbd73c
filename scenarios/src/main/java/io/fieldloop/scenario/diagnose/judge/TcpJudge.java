package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges how a connection was opened. */
final class TcpJudge {
    private static final int DESTINATION_UNREACHABLE = 3;
    private static final List<String> UNREACHABLE = List.of(
            "network unreachable",
            "host unreachable",
            "protocol unreachable",
            "port unreachable",
            "fragmentation needed",
            "source route failed");
    private static final int PROHIBITED = 13;

    /** A capture that ends sooner does not show that no answer came. */
    private static final double PATIENCE_SECONDS = 3;

    private final Scene scene;

    TcpJudge(Scene scene) {
        this.scene = scene;
    }

    /** Why it did not open, or null where it did, or nobody saw it open. */
    @Nullable
    Cause judge() {
        Moment syn = scene.tcp().syn();
        if (syn == null
                || scene.tcp().synAck() != null
                || scene.server().packets() > (scene.server().reset() == null ? 0 : 1)) {
            return null;
        }
        Moment reset = scene.server().reset();
        if (reset != null) {
            return Scene.certain(
                    FailureReason.TCP_REFUSED,
                    scene.see(
                            reset,
                            "server: RST in answer to SYN",
                            "nothing listens on port " + scene.tcp().ends().serverPort()
                                    + ", or a firewall refuses outright"));
        }
        return unanswered(syn);
    }

    private Cause unanswered(Moment syn) {
        List<Evidence> evidence = new ArrayList<>();
        int syns = scene.tcp().syns();
        evidence.add(scene.see(
                syn,
                "client: SYN",
                (syns == 1 ? "it was" : "it and " + (syns - 1) + " more were")
                        + " not answered to the end of the capture, "
                        + Scene.seconds(scene.captureEnd().secondsSince(syn)) + " later"));
        Moment unreachable = scene.tcp().unreachable();
        if (unreachable != null) {
            evidence.add(scene.see(
                    unreachable,
                    "ICMP: " + unreachableWords(scene.tcp().unreachableCode()),
                    "a router on the way says so"));
        }
        return new Cause(
                FailureReason.TCP_TIMEOUT.wireName(),
                unreachable != null
                        ? Confidence.CERTAIN
                        : scene.captureEnd().secondsSince(syn) < PATIENCE_SECONDS
                                ? Confidence.POSSIBLE
                                : Confidence.LIKELY,
                evidence,
                unreachable != null
                        ? List.of()
                        : List.of(
                                "a capture on the server: if the SYN arrives there, its answer is lost on the way back;"
                                        + " if not, address, route or firewall are wrong"));
    }

    static String unreachableWords(int typeAndCode) {
        int code = typeAndCode & 0xFF;
        if (typeAndCode >>> 8 != DESTINATION_UNREACHABLE) {
            return "destination unreachable, code " + code;
        }
        return code == PROHIBITED
                ? "communication administratively prohibited"
                : code < UNREACHABLE.size() ? UNREACHABLE.get(code) : "destination unreachable, code " + code;
    }
}
