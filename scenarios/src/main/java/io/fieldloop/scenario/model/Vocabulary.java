package io.fieldloop.scenario.model;

import io.fieldloop.device.FailureReason;
import io.fieldloop.device.link.profile.LinkProfiles;
import io.fieldloop.device.profile.DeviceProfile;
import java.util.Arrays;
import java.util.List;

/** Closed lists of words that other modules own. */
public enum Vocabulary {
    DEVICE_PROFILE("device profile"),
    LINK_PRESET("link preset"),
    FAILURE_REASON("failure reason"),
    PROBE("probe");

    private static final List<String> PROBES = List.of(
            "rdp-mstshash",
            "tls-client-hello",
            "ssh-banner",
            "smb-negotiate",
            "http-get",
            "http-post",
            "http10",
            "wrong-path",
            "connect-only",
            "slow-drip",
            "garbage",
            "long-line",
            "many-headers",
            "http2-preface",
            "malformed-upgrade");

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
            case PROBE -> PROBES;
        };
    }
}
