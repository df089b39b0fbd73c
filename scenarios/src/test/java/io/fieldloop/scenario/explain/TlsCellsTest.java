package io.fieldloop.scenario.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.model.DeviceStatus;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.model.Scenario;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A refused device of a TLS scenario is refused for a stated reason, with its code and its alert, within a stated time. */
final class TlsCellsTest {
    /** Their console shows one number for every failure of TLS, and no alert. */
    private static final String MODEM = "xiaozhi-ml307";

    /** Has no console, so no codes. */
    private static final String DESKTOP = "strict-rfc6455";

    /** What the device itself finds out and tells the gateway with an alert. */
    private static final Set<FailureReason> TOLD_WITH_AN_ALERT = Set.of(
            FailureReason.CERTIFICATE_EXPIRED,
            FailureReason.CERTIFICATE_NOT_YET_VALID,
            FailureReason.CERTIFICATE_NAME_MISMATCH,
            FailureReason.CERTIFICATE_UNTRUSTED,
            FailureReason.CERTIFICATE_KEY_MISMATCH,
            FailureReason.UNRECOGNIZED_NAME,
            FailureReason.PEER_ALERT,
            FailureReason.PROTOCOL_VERSION);

    private record Cell(Scenario scenario, String profile, Expectation.Device expected) {}

    @TestFactory
    Stream<DynamicTest> sayWhatTheDeviceShows() {
        return SuiteDocument.all().stream()
                .filter(file -> file.folder().equals("tls"))
                .map(file -> DynamicTest.dynamicTest(
                        file.name(), () -> assertThat(cells(file)).allSatisfy(TlsCellsTest::assertComplete)));
    }

    private static List<Cell> cells(SuiteDocument file) {
        return file.cases().stream()
                .flatMap(scenario -> scenario.expect().stream()
                        .filter(Expectation.Device.class::isInstance)
                        .map(Expectation.Device.class::cast)
                        .filter(expected -> expected.is() == DeviceStatus.REFUSED)
                        .flatMap(expected -> cells(scenario, expected)))
                .toList();
    }

    private static Stream<Cell> cells(Scenario scenario, Expectation.Device expected) {
        return scenario.devices().entrySet().stream()
                .filter(device -> expected.device().includes(device.getKey()))
                .map(device -> new Cell(scenario, device.getValue().profile(), expected));
    }

    private static void assertComplete(Cell cell) {
        Expectation.Device expected = cell.expected();
        String of = cell.scenario().name() + ": " + expected;
        assertThat(expected.elapsed()).as("elapsed in %s", of).isNotNull();
        if (cell.profile().equals(DESKTOP)) {
            return;
        }
        assertThat(expected.code()).as("code in %s", of).isNotNull();
        if (expected.reason() != null
                && TOLD_WITH_AN_ALERT.contains(FailureReason.named(expected.reason()))
                && !cell.profile().startsWith(MODEM)) {
            assertThat(expected.alertSent() != null || expected.alertReceived() != null)
                    .as("alert in %s", of)
                    .isTrue();
        }
    }
}
