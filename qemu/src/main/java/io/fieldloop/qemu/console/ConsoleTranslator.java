package io.fieldloop.qemu.console;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceListener;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.Phase;
import io.fieldloop.qemu.console.LineRule.Sighting;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports what a firmware prints as a simulated device would have reported it.
 *
 * <p>Every line is a {@link DeviceEvent.Log}. Beyond that an attempt is refused when the firmware gives it up, once, with the reason that
 * its lines together gave. One translator belongs to one device; it is not safe for use by several threads.
 */
public final class ConsoleTranslator {
    /** The tag of lines that have none: boot ROM, panic handler, printf. */
    public static final String NO_TAG = "uart";

    /** A receive error and the end of the channel are printed together; an error further back was survived. */
    private static final Duration TROUBLE = Duration.ofSeconds(10);

    private static final long NEVER = Long.MIN_VALUE;

    /** Of which the firmware comes when it begins to run. */
    private static final String UNKNOWN = "unknown";

    private final ConsoleDictionary dictionary;
    private final DeviceListener listener;
    private final Consumer<Signs> survived;
    private final Evidence evidence;
    private final TurnWatch turns;
    private @Nullable Attempt attempt;
    private boolean online;
    private DeviceState state = DeviceState.IDLE;
    private long connectingNanos = NEVER;
    private long refusedNanos = NEVER;
    private @Nullable FailureReason refusedFor;
    private int lines;
    private boolean reasonSaid;
    private String lastUrl = "";

    /** Of a server hello that came after its attempt: the firmware's hello bit stays set and satisfies the next one. */
    private String lateSession = "";

    private long uptimeMillis;

    /**
     * A failure by its lines, of which none said that it ended an attempt: the log was cut off, the device survived it, or it was
     * another connection's.
     *
     * @param line the last one that told of it, from 1
     * @param nanos when that came
     * @param phaseTold whether the lines say how far it had come; without an attempt some reasons fit several phases
     */
    public record Signs(ConnectOutcome.Failed failed, int line, long nanos, boolean phaseTold) {}

    public ConsoleTranslator(ConsoleDictionary dictionary, DeviceListener listener) {
        this(dictionary, listener, signs -> {});
    }

    /** The same; {@code survived} is told of failures that end no attempt, once they are over. */
    public ConsoleTranslator(ConsoleDictionary dictionary, DeviceListener listener, Consumer<Signs> survived) {
        this.dictionary = dictionary;
        this.listener = listener;
        this.survived = survived;
        this.evidence = new Evidence(dictionary);
        this.turns = new TurnWatch(listener);
    }

    /** A whole line, as {@link ConsoleLines} makes them, that arrived at {@code nanos}. */
    public void line(String text, long nanos) {
        line(lines + 1, text, nanos);
    }

    /** The same, at its place in a log of which lines may have been left out. */
    public void line(int place, String text, long nanos) {
        lines = place;
        LogLine line = LogLine.parse(text);
        if (text.isBlank()) {
            return;
        }
        uptimeMillis = line.uptimeMillis() == LogLine.UPTIME_UNKNOWN ? uptimeMillis : line.uptimeMillis();
        LogLevel level = line.level() == null ? LogLevel.INFO : line.level();
        listener.onEvent(
                new DeviceEvent.Log(level, line.tag().isEmpty() ? NO_TAG : line.tag(), line.message(), uptimeMillis));
        dictionary.read(line).ifPresent(sighting -> take(sighting, nanos));
    }

    /** The firmware was switched off, or died without a word: what was open ends for {@code reason}. */
    public void end(FailureReason reason, String text, long nanos) {
        if (attempt != null) {
            refuse(evidence.reasonOr(reason), attempt.elapsed(nanos), text, nanos);
        }
        if (online) {
            turns.fail(reason, nanos);
            goOffline(reason, null);
        }
        forget(nanos);
        connectingNanos = NEVER;
        enter(DeviceState.IDLE);
    }

    /** What the lines so far were about is over, or the log is. */
    public void forget(long nanos) {
        FailureReason reason = evidence.reason();
        boolean echo = reason == refusedFor && evidence.lastNanos() - refusedNanos <= TROUBLE.toNanos();
        if (reason != null && !echo) {
            Duration elapsed = attempt == null ? Duration.ZERO : attempt.elapsed(nanos);
            boolean phaseTold = attempt != null || evidence.phaseOr(Phase.DNS) == evidence.phaseOr(Phase.HELLO);
            survived.accept(
                    new Signs(failed(reason, elapsed, ""), evidence.lastLine(), evidence.lastNanos(), phaseTold));
        }
        evidence.clear();
    }

    /** Whether the reason that was reported last is one that a line said, and not the one left where none did. */
    public boolean isReasonSaid() {
        return reasonSaid;
    }

    /** Whether the console's last word is that the channel is open. */
    public boolean isOnline() {
        return online;
    }

    private void take(Sighting sighting, long nanos) {
        if (attempt == null && nanos - evidence.lastNanos() > TROUBLE.toNanos()) {
            forget(nanos);
        }
        boolean inTrouble = evidence.reason() != null;
        evidence.add(sighting, nanos, lines);
        boolean told = refusedFor != null && nanos - refusedNanos <= TROUBLE.toNanos();
        if (sighting.is(Observation.REFUSED) && attempt == null && !online && (inTrouble || isConnecting() || !told)) {
            beginUnannounced(nanos);
        }
        for (Observation observation : Observation.values()) {
            if (sighting.is(observation)) {
                take(observation, sighting, nanos);
            }
        }
    }

    private void take(Observation observation, Sighting sighting, long nanos) {
        switch (observation) {
            case BOOT -> booted(sighting, nanos);
            case OTHER_CONNECTION -> {
                if (attempt == null) {
                    evidence.clear();
                }
            }
            case ATTEMPT_STARTED -> begin(sighting.value(Value.URL).orElse(lastUrl), nanos);
            case TCP_CONNECTED, TLS_ESTABLISHED, UPGRADED -> passed(observation, sighting, nanos);
            case ONLINE -> {
                if (attempt == null && isConnecting() && !online) {
                    beginUnannounced(nanos);
                }
                lateSession = online ? "" : sighting.value(Value.SESSION).orElse("");
                comeOnline(sighting, nanos);
            }
            case REFUSED -> refused(sighting, nanos);
            case ATTEMPT_OVER -> settle(sighting, nanos);
            case OFFLINE -> lost(FailureReason.CONNECTION_LOST, nanos);
            case CLOSING -> lost(FailureReason.CLOSED_BY_USER, nanos);
            case STATE_CHANGED -> stateChanged(sighting, nanos);
            case TURN_STARTED -> turns.begin(nanos);
            case TURN_COMPLETED -> turns.complete(sighting, nanos);
            case TURN_INTERRUPTED -> turns.interrupt(sighting);
            case TURN_FAILED -> turns.fail(sighting, nanos);
            default -> PlainEvents.of(observation, sighting).ifPresent(listener::onEvent);
        }
    }

    private void booted(Sighting sighting, long nanos) {
        end(FailureReason.CONNECTION_LOST, sighting.message(), nanos);
        uptimeMillis = sighting.rule().tag().isEmpty() ? 0 : uptimeMillis;
    }

    private boolean isConnecting() {
        return connectingNanos != NEVER;
    }

    private void begin(String url, long nanos) {
        if (attempt != null && evidence.reason() == null) {
            return; // the WebSocket class and its user both announce it
        }
        if (attempt != null) {
            refuse(evidence.reasonOr(FailureReason.CONNECTION_LOST), attempt.elapsed(nanos), "", nanos);
        }
        closeUnsaid(nanos);
        forget(nanos);
        announce(url, nanos);
    }

    /** A device that connects anew has closed its channel; only its own side does that without a word. */
    private void closeUnsaid(long nanos) {
        if (online) {
            turns.fail(FailureReason.CLOSED_BY_USER, nanos);
            goOffline(FailureReason.CLOSED_BY_USER, null);
        }
    }

    /** The lines so far were about an attempt whose beginning the firmware did not log. */
    private void beginUnannounced(long nanos) {
        announce(lastUrl, isConnecting() ? connectingNanos : nanos);
    }

    private void announce(String url, long startedNanos) {
        lastUrl = url;
        attempt = new Attempt(url, startedNanos);
        listener.onEvent(new DeviceEvent.AttemptStarted(url));
    }

    private void passed(Observation milestone, Sighting sighting, long nanos) {
        Attempt open = attempt;
        if (open == null) {
            return;
        }
        Duration seen = open.passed(milestone, nanos);
        Duration elapsed = PlainEvents.millis(sighting, Value.ELAPSED_MS).orElse(seen);
        listener.onEvent(
                switch (milestone) {
                    case TCP_CONNECTED -> new DeviceEvent.TcpConnected(elapsed);
                    case TLS_ESTABLISHED ->
                        new DeviceEvent.TlsEstablished(
                                sighting.values().get(Value.VERSION),
                                sighting.values().get(Value.SUITE),
                                false,
                                elapsed);
                    default -> new DeviceEvent.Upgraded(elapsed);
                });
    }

    private void comeOnline(Sighting sighting, long nanos) {
        Attempt open = attempt;
        if (open == null) {
            return;
        }
        String session = sighting.value(Value.SESSION).orElse(lateSession);
        attempt = null;
        lateSession = "";
        connectingNanos = NEVER;
        online = true;
        evidence.clear();
        listener.onEvent(new DeviceEvent.Online(new ConnectOutcome.Online(
                PlainEvents.millis(sighting, Value.ELAPSED_MS).orElse(open.elapsed(nanos)),
                session,
                PlainEvents.millis(sighting, Value.CONNECT_MS).orElse(null),
                PlainEvents.millis(sighting, Value.HANDSHAKE_MS).orElse(null),
                PlainEvents.millis(sighting, Value.HELLO_MS).orElse(null))));
    }

    private void refused(Sighting sighting, long nanos) {
        if (attempt != null) {
            refuse(
                    evidence.reasonOr(FailureReason.CONNECTION_LOST),
                    PlainEvents.millis(sighting, Value.ELAPSED_MS).orElse(attempt.elapsed(nanos)),
                    sighting.message(),
                    nanos);
        }
    }

    private void refuse(FailureReason reason, Duration elapsed, String otherwiseText, long nanos) {
        reasonSaid = evidence.reason() != null;
        ConnectOutcome.Failed failed = failed(reason, elapsed, otherwiseText);
        attempt = null;
        connectingNanos = NEVER;
        refusedNanos = nanos;
        refusedFor = reason;
        evidence.clear();
        listener.onEvent(new DeviceEvent.Refused(failed));
    }

    private ConnectOutcome.Failed failed(FailureReason reason, Duration elapsed, String otherwiseText) {
        return new ConnectOutcome.Failed(
                reason,
                evidence.code(),
                evidence.textOr(otherwiseText),
                elapsed,
                evidence.phaseOr(attempt == null ? Phase.DNS : attempt.reached()),
                evidence.alertSent(),
                evidence.alertReceived(),
                evidence.status());
    }

    private void settle(Sighting sighting, long nanos) {
        if (evidence.reason() != null) {
            refused(sighting, nanos);
        } else {
            comeOnline(sighting, nanos);
        }
    }

    private void lost(FailureReason otherwise, long nanos) {
        if (!online) {
            return;
        }
        FailureReason reason = evidence.reasonOr(otherwise);
        if (!dictionary.says(Observation.TURN_FAILED)) {
            turns.fail(reason, nanos);
        }
        goOffline(reason, evidence.code());
    }

    private void goOffline(FailureReason reason, @Nullable String code) {
        reasonSaid = evidence.reason() != null || reason == FailureReason.CLOSED_BY_USER;
        online = false;
        evidence.clear();
        listener.onEvent(new DeviceEvent.Offline(reason, code));
    }

    private void stateChanged(Sighting sighting, long nanos) {
        DeviceState next = PlainEvents.state(sighting.value(Value.TO).orElse(""));
        if (next == null) {
            return; // a state that the vocabulary does not have
        }
        if (sighting.value(Value.FROM).filter(UNKNOWN::equals).isPresent()) {
            state = next; // the firmware has just begun to run, and was in no state
            return;
        }
        connectingNanos = next == DeviceState.CONNECTING ? nanos : NEVER;
        if (next == DeviceState.CONNECTING) {
            closeUnsaid(nanos);
        }
        turns.entered(next, nanos);
        enter(next);
    }

    private void enter(DeviceState next) {
        DeviceState before = state;
        if (before != next) {
            state = next;
            listener.onEvent(new DeviceEvent.StateChanged(before, next));
        }
    }
}
