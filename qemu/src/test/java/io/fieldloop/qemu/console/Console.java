package io.fieldloop.qemu.console;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A console that a test prints on; time advances between lines only when told. */
final class Console {

    final List<DeviceEvent> events = new ArrayList<>();
    final ConsoleTranslator translator;
    private long nanos;

    Console(ConsoleDictionary dictionary) {
        this.translator = new ConsoleTranslator(dictionary, events::add);
    }

    static Console stock() {
        return new Console(ConsoleDictionary.stock());
    }

    static Console fieldloop() {
        return new Console(ConsoleDictionary.bundled());
    }

    Console print(String lines) {
        lines.lines().forEach(line -> translator.line(line, nanos));
        return this;
    }

    Console wait(Duration duration) {
        nanos += duration.toNanos();
        return this;
    }

    Console end(FailureReason reason) {
        translator.end(reason, "switched off", nanos);
        return this;
    }

    /** Kinds in order, without log lines. */
    List<String> kinds() {
        return events.stream()
                .map(DeviceEvent::kind)
                .filter(kind -> !kind.equals("log"))
                .toList();
    }

    ConnectOutcome.Failed refusal() {
        List<ConnectOutcome.Failed> refusals = events.stream()
                .filter(DeviceEvent.Refused.class::isInstance)
                .map(event -> ((DeviceEvent.Refused) event).outcome())
                .toList();
        if (refusals.size() != 1) {
            throw new AssertionError("expected one refusal: " + refusals + " in " + events);
        }
        return refusals.get(0);
    }

    <E extends DeviceEvent> List<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
