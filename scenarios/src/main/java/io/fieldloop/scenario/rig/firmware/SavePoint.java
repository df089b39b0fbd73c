package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.qemu.chip.WriteLog;
import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.scenario.model.PlacedStep;
import io.fieldloop.scenario.model.PowerSpec;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.scenario.rig.RunAuthority;
import io.fieldloop.scenario.rig.Story;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A story that was told once up to its power cut, from which any number of cases go on: what was seen, and each device's flash as it was
 * at each write. QEMU's own snapshots would be it, but it refuses them for Xtensa ("State blocked by non-migratable device 'cpu'").
 *
 * @param authority whom the devices trust
 * @param seen the journal
 * @param devices by name, those that are to lose their power
 */
record SavePoint(RunAuthority authority, List<JournalEntry> seen, Map<String, Kept> devices) {
    private static final String STEP_BEGAN = EventCatalogue.kind(ScenarioEvent.StepBegan.class);

    SavePoint {
        seen = List.copyOf(seen);
        devices = Map.copyOf(devices);
    }

    /** A line of the console. */
    record Line(String text, long nanos) {}

    /** What is known of one device; times are on the story's clock. */
    record Kept(WriteLog writes, List<Line> console) {
        /** The flash when the power comes back. */
        byte[] flash(PowerSpec cut) {
            return writes.flashAt(cut.write(), WatchedFlash.loss(cut.moment()));
        }
    }

    /** The rest of the story, from a write on; the step is told as the case has it, not as that one which came first. */
    Story from(PlacedStep step, PowerSpec cut) {
        long began = devices.values().stream()
                .mapToLong(kept -> kept.writes().nanosAt(cut.write()))
                .max()
                .orElse(0);
        List<JournalEntry> before = new ArrayList<>(
                seen.stream().filter(entry -> entry.nanos() <= began).toList());
        for (int i = before.size() - 1; i >= 0; i--) {
            JournalEntry entry = before.get(i);
            if (entry.kind().equals(STEP_BEGAN)) {
                Map<String, Object> attributes = new LinkedHashMap<>(entry.attributes());
                attributes.put("step", step.text().line());
                before.set(i, RecordCopy.with(entry, "attributes", attributes));
                break;
            }
        }
        return Story.fromTheCut(before, began);
    }

    /** How often every device wrote at least. */
    int writes() {
        return devices.values().stream()
                .mapToInt(kept -> kept.writes().count())
                .min()
                .orElse(0);
    }

    Kept of(String device) {
        @Nullable Kept kept = devices.get(device);
        if (kept == null) {
            throw new RigException("Nothing is known of the flash of " + device + "; it was not to lose its power.");
        }
        return kept;
    }
}
