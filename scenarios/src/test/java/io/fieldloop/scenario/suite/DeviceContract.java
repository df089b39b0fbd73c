package io.fieldloop.scenario.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every device must do, simulated or not: connect, say hello, talk, refuse, give up, recover. The scenarios are the files
 * in {@code src/test/resources/contract}; each of their cases is a test, and as many run at once as the rig bears.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeviceContract {
    @TempDir
    Path evidence;

    /** What the devices run in; aborts with the reason where that cannot be had. */
    abstract RigFactory rigs();

    @TestFactory
    Stream<DynamicTest> holds() throws IOException, URISyntaxException {
        RigFactory rigs = rigs();
        ExecutorService atOnce = Executors.newFixedThreadPool(rigs.atOnce());
        try {
            return cases().stream().map(one -> test(one, rigs, atOnce)).toList().stream();
        } finally {
            atOnce.shutdown();
        }
    }

    private DynamicTest test(SuiteCase one, RigFactory rigs, ExecutorService atOnce) {
        String whyNot = rigs.whyNot(one.scenario());
        if (whyNot != null) {
            return DynamicTest.dynamicTest(one.id(), () -> assumeTrue(false, whyNot));
        }
        CompletableFuture<ScenarioResult> running = CompletableFuture.supplyAsync(
                () -> new CaseRunner(rigs, null, System::nanoTime)
                        .run(one, evidence.resolve(one.id().replace('/', '.')), entry -> {}),
                atOnce);
        return DynamicTest.dynamicTest(one.id(), () -> {
            ScenarioResult result = running.join();
            assertThat(result.verdict()).as(SuiteFiles.whatFailed(result)).isEqualTo(Verdict.PASSED);
        });
    }

    private static List<SuiteCase> cases() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(DeviceContract.class.getResource("/contract"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .flatMap(file -> SuiteFiles.cases("contract/" + file.getFileName(), text(file)).stream())
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
