package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script beside the jar, with a `java` that tells how it was called. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
    private static final String SHORT_RUN = "-XX:TieredStopAtLevel=1";

    @TempDir
    private Path folder;

    private Path launcher;

    @BeforeEach
    void install() throws IOException {
        launcher = Files.copy(Path.of("fieldloop"), folder.resolve("fieldloop"));
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nfor word in \"$@\"; do echo \"$word\"; done\nexit 7\n");
        for (Path program : List.of(launcher, java)) {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private Path jar() throws IOException {
        return Files.createFile(folder.resolve("fieldloop.jar")).toRealPath();
    }

    private List<String> launch(int exitCode, String... words) throws IOException, InterruptedException {
        return launchWith("-Xmx1g", exitCode, words);
    }

    private List<String> launchWith(String options, int exitCode, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("FIELDLOOP_JAVA_OPTS", options);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isEqualTo(exitCode);
        return text.lines().toList();
    }

    @Test
    void shortRunsGoWithoutTheOptimisingCompilerAndWordsStayWhole() throws Exception {
        Path jar = jar();
        assertThat(launch(7, "run", "my file.yaml"))
                .containsExactly(
                        SHORT_RUN,
                        "-XX:+UseSerialGC",
                        "-Dio.netty.leakDetection.level=disabled",
                        "-Xmx1g",
                        "-jar",
                        jar.toString(),
                        "run",
                        "my file.yaml");
    }

    @ParameterizedTest
    @CsvSource({
        "run, true",
        "run --out o tls, true",
        "run a.yaml --out o, false",
        "run --rig socket tls, false",
        "check tls, false"
    })
    void aSuiteIsCompiledSooner(String words, boolean sooner) throws Exception {
        jar();
        assertThat(launch(7, words.split(" ")).contains("-XX:CompileThresholdScaling=0.2"))
                .isEqualTo(sooner);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "run --rig socket", "run --rig=qemu", "run --against wss://127.0.0.1/"})
    void whatRunsByTheWallClockKeepsIt(String words) throws Exception {
        jar();
        assertThat(launch(7, words.split(" ")))
                .contains("-XX:+UseSerialGC", "-Xmx1g")
                .doesNotContain(SHORT_RUN);
    }

    @Test
    void theUsersCollectorTakesThePlaceOfOurs() throws Exception {
        jar();
        assertThat(launchWith("-XX:+UseZGC", 7, "serve"))
                .contains("-XX:+UseZGC")
                .doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void theArchiveIsUsedWhereThereIsOne() throws Exception {
        jar();
        assertThat(launch(7, "check")).noneMatch(word -> word.contains("SharedArchiveFile"));
        Path archive = Files.createFile(folder.resolve("fieldloop.jsa")).toRealPath();
        assertThat(launch(7, "check")).contains("-XX:SharedArchiveFile=" + archive);
    }

    @Test
    void withoutAJarItSaysWhatToDo() throws Exception {
        assertThat(launch(2, "run")).singleElement().asString().contains("there is no fieldloop.jar", "mvn");
    }
}
