package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.qemu.capture.PcapngWriter;
import io.fieldloop.scenario.diagnose.capture.CaptureInterface;
import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.capture.Packet;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Captures of scenarios run for a test. */
final class Captured {
    private Captured() {}

    /** The capture of the device {@code door} of a scenario in virtual time; those of others are beside it. */
    static Path door(Path folder, String scenario) {
        LoadResult loaded = new ScenarioLoader().load("captured.yaml", scenario);
        if (loaded instanceof LoadResult.Broken broken) {
            throw new AssertionError(broken.problems());
        }
        SuiteCase one = new SuiteCase(
                "captured", "captured.yaml", ((LoadResult.Ready) loaded).cases().get(0));
        new CaseRunner(VirtualRigs.factory().capturing(), null, System::nanoTime).run(one, folder, entry -> {});
        return folder.resolve("door.pcapng");
    }

    /** What becomes of a scenario that was made of a capture. */
    static ScenarioResult run(String text, Path folder) {
        LoadResult loaded = new ScenarioLoader().load("again.yaml", text);
        if (loaded instanceof LoadResult.Broken broken) {
            throw new AssertionError(broken.problems() + " in " + text);
        }
        SuiteCase one = new SuiteCase(
                "again", "again.yaml", ((LoadResult.Ready) loaded).cases().get(0));
        return new CaseRunner(VirtualRigs.factory(), null, System::nanoTime)
                .run(one, folder.resolve("again"), entry -> {});
    }

    /** Several captures in one file, as one taken where all their packets pass. */
    static Path together(Path file, List<Path> captures) throws IOException {
        try (PcapngWriter out = PcapngWriter.create(file, "test")) {
            for (Path capture : captures) {
                try (CaptureReader reader = CaptureReader.open(capture)) {
                    Map<CaptureInterface, Integer> interfaces = new HashMap<>();
                    for (Packet packet = reader.next(); packet != null; packet = reader.next()) {
                        Integer number = interfaces.get(packet.from());
                        if (number == null) {
                            number = out.addInterface(
                                    packet.from().name(), "", packet.from().linkType());
                            interfaces.put(packet.from(), number);
                        }
                        ByteBuffer bytes = ByteBuffer.wrap(packet.bytes(), packet.offset(), packet.captured());
                        out.packet(number, Instant.ofEpochSecond(0, packet.nanos()), bytes, packet.original(), null);
                    }
                }
            }
        }
        return file;
    }
}
