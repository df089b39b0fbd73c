package io.fieldloop.qemu.console;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.tls.CertificateFlags;
import io.fieldloop.qemu.console.LineRule.Sighting;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the lines since the start of an attempt, or of trouble on a channel, say about why it ends.
 *
 * <p>One failure makes several lines, each layer adding its own. The reason is that of the line which stands first in the dictionary.
 * The code is that of the first line with the same reason; where none of them has one, it is the most specific one seen.
 */
final class Evidence {

    /** @param code null where the line says that there is none */
    private record CodeOf(int order, @Nullable String code) {}

    private final ConsoleDictionary dictionary;
    private @Nullable FailureReason reason;
    private int reasonOrder;
    private String text = "";
    private int textOrder;
    private final Map<FailureReason, CodeOf> codeByReason = new EnumMap<>(FailureReason.class);
    private @Nullable String code;
    private @Nullable Phase phase;
    private @Nullable Phase reasonPhase;
    private @Nullable Integer alertSent;
    private @Nullable Integer alertReceived;
    private @Nullable Integer status;
    private long lastNanos;
    private int lastLine;

    Evidence(ConsoleDictionary dictionary) {
        this.dictionary = dictionary;
        clear();
    }

    void clear() {
        reason = null;
        reasonOrder = Integer.MAX_VALUE;
        text = "";
        textOrder = Integer.MAX_VALUE;
        codeByReason.clear();
        code = null;
        phase = null;
        reasonPhase = null;
        alertSent = null;
        alertReceived = null;
        status = null;
    }

    void add(Sighting sighting, long nanos, int line) {
        alertSent = number(sighting, Value.ALERT_SENT, alertSent);
        alertReceived = number(sighting, Value.ALERT_RECEIVED, alertReceived);
        status = number(sighting, Value.STATUS, status);
        phase = sighting.value(Value.PHASE).flatMap(Phase::named).orElse(phase);
        String sightedCode = Codes.of(sighting.values());
        if (Codes.weight(sightedCode) > Codes.weight(code)) {
            code = sightedCode;
        }
        FailureReason sighted = reasonOf(sighting, sightedCode);
        if (sighted != null) {
            lastNanos = nanos;
            lastLine = line;
            take(sighting, sighted, sightedCode);
        }
    }

    private void take(Sighting sighting, FailureReason sighted, @Nullable String sightedCode) {
        int order = sighting.rule().order();
        if (order < reasonOrder) {
            reason = sighted;
            reasonOrder = order;
            reasonPhase = sighting.value(Value.PHASE).flatMap(Phase::named).orElse(null);
        }
        if (sighting.value(Value.CODE).isPresent()) {
            codeByReason.merge(
                    sighted, new CodeOf(order, sightedCode), (old, next) -> next.order() < old.order() ? next : old);
        }
        boolean conclusion = sighting.is(Observation.REFUSED) || sighting.is(Observation.OFFLINE);
        if (text.isEmpty() || (order < textOrder && !conclusion)) {
            text = sighting.message();
            textOrder = conclusion ? Integer.MAX_VALUE : order;
        }
    }

    private @Nullable FailureReason reasonOf(Sighting sighting, @Nullable String sightedCode) {
        FailureReason stated =
                sighting.value(Value.REASON).flatMap(Reasons::named).orElse(null);
        if (stated != null) {
            return stated;
        }
        int flags = sighting.value(Value.FLAGS).map(Codes::number).orElse(0L).intValue();
        if (flags != 0) {
            return CertificateFlags.reason(flags);
        }
        String alert = sighting.values().get(Value.ALERT_RECEIVED);
        if (alert != null) {
            return dictionary.reasonOfAlert((int) Codes.number(alert));
        }
        return sightedCode == null ? null : dictionary.reasonOfCode(sightedCode);
    }

    private static @Nullable Integer number(Sighting sighting, Value value, @Nullable Integer otherwise) {
        String text = sighting.values().get(value);
        return text == null || text.equals("0") ? otherwise : Integer.valueOf((int) Codes.number(text));
    }

    /** When something last said why. */
    long lastNanos() {
        return lastNanos;
    }

    /** The line that did. */
    int lastLine() {
        return lastLine;
    }

    @Nullable
    FailureReason reason() {
        return reason;
    }

    FailureReason reasonOr(FailureReason otherwise) {
        return reason == null ? otherwise : reason;
    }

    @Nullable
    String code() {
        CodeOf decided = reason == null ? null : codeByReason.get(reason);
        return decided == null ? code : decided.code();
    }

    String textOr(String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    /** @param reached how far the attempt is known to have come */
    Phase phaseOr(Phase reached) {
        if (reason == null) {
            return reached;
        }
        return reasonPhase == null ? Reasons.phaseOf(reason, phase == null ? reached : phase) : reasonPhase;
    }

    @Nullable
    Integer alertSent() {
        return alertSent;
    }

    @Nullable
    Integer alertReceived() {
        return alertReceived;
    }

    @Nullable
    Integer status() {
        return status;
    }
}
