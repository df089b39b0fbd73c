package io.fieldloop.qemu.runner;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a machine says. */
final class RecordingListener implements EmulationListener {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<FirmwareEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void consoleLine(String line) {
        lines.add(line);
    }

    @Override
    public void event(FirmwareEvent event) {
        events.add(event);
    }

    List<String> kinds() {
        return events.stream().map(FirmwareEvent::kind).toList();
    }
}
