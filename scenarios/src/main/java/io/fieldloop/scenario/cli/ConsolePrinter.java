package io.fieldloop.scenario.cli;

import io.fieldloop.qemu.runner.EmulationListener;
import io.fieldloop.qemu.runner.FirmwareEvent;
import java.io.PrintWriter;

/** Shows a machine's console as it comes, and what the harness makes of it. */
record ConsolePrinter(PrintWriter out) implements EmulationListener {
    @Override
    public void consoleLine(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void event(FirmwareEvent event) {
        if (!(event instanceof FirmwareEvent.Booted) && !(event instanceof FirmwareEvent.Exited)) {
            out.println("-- " + event.kind() + " " + event.attributes());
            out.flush();
        }
    }
}
