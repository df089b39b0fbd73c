package io.fieldloop.scenario.cli;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("qemu")
class ProcessLeavesNothingTest extends NothingIsLeftContract {
    @BeforeAll
    static void needsQemu() {
        FirmwareForTests.assumeProcess();
    }

    @Override
    String engine() {
        return "process";
    }

    @Override
    List<String> known(Path temporary) {
        return List.of();
    }
}
