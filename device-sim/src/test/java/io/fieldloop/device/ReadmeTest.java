package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.profile.PhaseLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of the README are those of the code. */
class ReadmeTest {

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    @Test
    void listsEveryProfile() throws IOException {
        assertThat(readme())
                .contains(DeviceProfile.names().stream()
                        .map(DeviceProfile::named)
                        .map(ReadmeTest::row)
                        .collect(Collectors.joining()));
    }

    @Test
    void listsEveryFailureReason() throws IOException {
        assertThat(readme())
                .contains(Arrays.stream(FailureReason.values())
                        .map(reason -> "| `" + reason.wireName() + "` | " + reason.explanation() + " |\n")
                        .collect(Collectors.joining()));
    }

    private static String row(DeviceProfile profile) {
        PhaseLimits limits = profile.limits();
        return "| `" + profile.name() + "` | " + profile.purpose() + " | "
                + (profile.mqtt().alone() ? "no WebSocket" : check(profile)) + " | "
                + profile.tls().hello().name() + " | " + yes(profile.tls().verifies()) + " | "
                + yes(profile.tls().checksDates()) + " | " + seconds(limits.plainConnect()) + " / "
                + seconds(limits.tlsConnect()) + " |\n";
    }

    private static String check(DeviceProfile profile) {
        return profile.response()
                .check()
                .name()
                .toLowerCase(java.util.Locale.ROOT)
                .replace('_', ' ');
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() / 1000.0 + " s";
    }
}
