package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.suite.FirmwareForTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class ContainerLeavesNothingTest extends NothingIsLeftContract {
    @BeforeAll
    static void needsDocker() {
        FirmwareForTests.assumeContainers();
    }

    @Override
    String engine() {
        return "docker";
    }

    @Override
    List<String> known(Path temporary) throws IOException {
        Process docker = new ProcessBuilder(
                        "docker", "ps", "--all", "--no-trunc", "--format", "{{.ID}} {{.Command}} {{.Mounts}}")
                .redirectErrorStream(true)
                .start();
        String containers = new String(docker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return containers
                .lines()
                .filter(container -> container.contains(temporary.toString()))
                .toList();
    }
}
