package io.fieldloop.scenario.model;

import io.fieldloop.device.FailureReason;
import io.fieldloop.device.link.profile.LinkProfiles;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.scenario.adversary.ProbeCatalogue;
import java.util.Arrays;
import java.util.List;

/** Closed lists of words that other modules own. */
public enum Vocabulary {
    DEVICE_PROFILE("device profile"),
    LINK_PRESET("link preset"),
    FAILURE_REASON("failure reason"),
    EVENT_KIND("event"),
    PHASE("phase"),
    PROBE("probe");

    private final String what;

    Vocabulary(String what) {
        this.what = what;
    }

    /** What one word of the list is, for messages. */
    public String what() {
        return what;
    }

    public List<String> words() {
        return switch (this) {
            case DEVICE_PROFILE -> DeviceProfile.names();
            case LINK_PRESET -> LinkProfiles.names();
            case FAILURE_REASON ->
                Arrays.stream(FailureReason.values())
                        .map(FailureReason::wireName)
                        .toList();
            case EVENT_KIND -> EventKinds.all();
            // The phases of ConnectOutcome.Failed.
            case PHASE -> List.of("dns", "tcp", "tls", "upgrade", "hello");
            case PROBE -> ProbeCatalogue.bundled().names();
        };
    }
}
