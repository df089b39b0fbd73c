package io.fieldloop.scenario.model.device;

import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.LinkProfiles;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Inline;
import io.fieldloop.scenario.shape.annotation.Known;
import io.fieldloop.scenario.shape.annotation.Shorthand;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The radio link between devices and gateway.
 *
 * @param base the preset to start from
 * @param settings what differs from it, by the names of {@code LinkKey}, each checked on its own
 */
@Doc("The radio link: the name of a preset, or a mapping that changes settings of one")
@Shorthand("base")
public record LinkSpec(
        @Doc("The preset to start from") @Default("none") @Known("link-preset")
        String base,

        @Inline Map<String, String> settings,
        SourcePosition position) {
    public LinkSpec {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The link as the simulator takes it. */
    public LinkProfile profile() {
        return LinkProfiles.named(base).with(settings);
    }
}
