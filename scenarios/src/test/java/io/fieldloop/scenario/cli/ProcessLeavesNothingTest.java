package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.suite.FirmwareForTests;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("qemu")
class ProcessLeavesNothingTest extends NothingIsLeftContract {
    @BeforeAll
    static void needsQemu() {
        FirmwareForTests.assumeBuilt();
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
