package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.conversation.FirstWords;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.server.event.RefusalReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells scanners, and clients at the wrong port, by their first bytes, in the gateway's own words. */
final class ScanJudge {
    private static final char TLS_ALERT = 0x15;
    private static final int SHOWN = 48;

    private final Scene scene;

    ScanJudge(Scene scene) {
        this.scene = scene;
    }

    /** What the client was, or null where it may be what the server is there for. */
    @Nullable
    Cause judge() {
        FirstWords words = scene.said().firstWords();
        Moment at = words.clientAt();
        if (at == null) {
            return null;
        }
        String answer = words.serverText();
        // A server that answers in the same protocol speaks it, and nobody scans.
        RefusalReason reason = switch (words.clientKind()) {
            case RDP -> answer.startsWith("\u0003\0") ? null : RefusalReason.RDP_SCAN;
            case SSH -> answer.startsWith("SSH-") ? null : RefusalReason.SSH_SCAN;
            case SMB -> answer.startsWith("\0") ? null : RefusalReason.SMB_SCAN;
            case HTTP -> isTlsAlert(answer) ? RefusalReason.HTTP_ON_TLS : null;
            default -> null;
        };
        return reason == null
                ? null
                : new Cause(
                        reason.wireName(),
                        Confidence.CERTAIN,
                        List.of(new Evidence(
                                "packet " + at.packet(), "client: " + shown(words.clientText()), reason.explanation())),
                        List.of());
    }

    private static boolean isTlsAlert(String answer) {
        return answer.length() > 1 && answer.charAt(0) == TLS_ALERT && answer.charAt(1) == 3;
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(SHOWN, text.length()));
    }
}
