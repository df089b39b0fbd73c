package io.fieldloop.qemu.runner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the console's last lines. */
public final class LastLines {
    private final Deque<String> lines = new ArrayDeque<>();

    public void add(String line) {
        if (lines.size() == EmulationEnd.LAST_LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    public List<String> list() {
        return List.copyOf(lines);
    }
}
