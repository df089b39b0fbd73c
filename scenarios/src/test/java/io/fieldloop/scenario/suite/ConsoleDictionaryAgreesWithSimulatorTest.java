package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundled suite is compared where it runs anyway, in {@link VirtualSuiteTest}; this is everything else that can go wrong. */
final class ConsoleDictionaryAgreesWithSimulatorTest {
    private static final RigFactory RIGS = VirtualRigs.factory();

    static Stream<SuiteCase> cases() {
        return MadeForTheConsole.cases();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void readsWhatWasReported(SuiteCase one) {
        ConsoleAgreement.check(one.scenario(), SuiteFiles.run(one, RIGS).journal());
    }
}
