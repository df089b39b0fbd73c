package io.fieldloop.scenario.catalogue;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.link.profile.LinkProfiles;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.tls.TlsGeneration;
import io.fieldloop.scenario.adversary.ProbeCatalogue;
import io.fieldloop.scenario.front.FrontCatalogue;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Closed lists of words that other modules own. */
public enum Vocabulary {
    DEVICE_PROFILE("device-profile"),
    TLS_GENERATION("tls-generation"),
    LINK_PRESET("link-preset"),
    FAILURE_REASON("failure-reason"),
    EVENT_KIND("event"),
    PHASE("phase"),
    PROBE("probe"),
    FRONT("front");

    private final String listName;

    Vocabulary(String listName) {
        this.listName = listName;
    }

    /** The list of that name, as the model's annotations write it. */
    static Vocabulary named(String list) {
        return Arrays.stream(values())
                .filter(vocabulary -> vocabulary.listName.equals(list))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no list is called " + list));
    }

    /** The words, with what each means where that costs nothing to tell, else with an empty text. */
    public Map<String, String> words() {
        return switch (this) {
            case DEVICE_PROFILE -> deviceProfiles();
            case TLS_GENERATION -> tlsGenerations();
            case LINK_PRESET -> plain(LinkProfiles.names());
            case FAILURE_REASON -> failureReasons();
            case EVENT_KIND ->
                plain(EventCatalogue.all().stream()
                        .map(EventKind::kind)
                        .distinct()
                        .toList());
            // The phases of ConnectOutcome.Failed.
            case PHASE -> plain(Phase.wireNames());
            case PROBE -> probes();
            case FRONT -> plain(FrontCatalogue.bundled().names());
        };
    }

    private static Map<String, String> tlsGenerations() {
        Map<String, String> words = new LinkedHashMap<>();
        TlsGeneration.all().forEach(line -> words.put(line.name(), "mbedTLS " + line.mbedTls()));
        return Collections.unmodifiableMap(words);
    }

    static Map<String, String> plain(List<String> list) {
        Map<String, String> words = new LinkedHashMap<>();
        list.forEach(word -> words.put(word, ""));
        return Collections.unmodifiableMap(words);
    }

    private static Map<String, String> deviceProfiles() {
        Map<String, String> words = new LinkedHashMap<>();
        DeviceProfile.names()
                .forEach(name -> words.put(name, DeviceProfile.named(name).purpose()));
        return Collections.unmodifiableMap(words);
    }

    private static Map<String, String> failureReasons() {
        Map<String, String> words = new LinkedHashMap<>();
        for (FailureReason reason : FailureReason.values()) {
            words.put(reason.wireName(), reason.explanation());
        }
        return Collections.unmodifiableMap(words);
    }

    private static Map<String, String> probes() {
        ProbeCatalogue catalogue = ProbeCatalogue.bundled();
        Map<String, String> words = new LinkedHashMap<>();
        catalogue.probes().forEach((name, probe) -> words.put(name, probe.imitates()));
        catalogue.mixes().forEach((name, mix) -> words.put(name, mix.imitates()));
        return Collections.unmodifiableMap(words);
    }
}
