package io.fieldloop.device.link.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The presets: link profiles whose every number has a source, or says that it is assumed. */
public final class LinkProfiles {
    private static final List<String> NAMES = List.of(
            "none",
            "cat4-good",
            "cat4-busy",
            "cat1-typical",
            "cat1-edge",
            "iot-sim-throttled",
            "ltem-hd",
            "ltem-hd-edrx",
            "nbiot-normal",
            "nbiot-deep",
            "interrat-handover",
            "tunnel");

    private LinkProfiles() {}

    public static List<String> names() {
        return NAMES;
    }

    /**
     * The preset of that name.
     *
     * @throws LinkProfileException one sentence with the nearest name, when there is none
     */
    public static LinkProfile named(String name) {
        return sheet(name).profile();
    }

    /** What the preset of that name is for. */
    public static String summary(String name) {
        return sheet(name).summary();
    }

    /** Where each setting of a preset comes from, by key: a publication, or {@code assumed} and why. */
    public static Map<String, String> sources(String name) {
        return sheet(name).sources();
    }

    private static Sheet sheet(String name) {
        if (!NAMES.contains(name)) {
            throw new LinkProfileException("Unknown link profile '" + name + "'" + Nearest.hint(name, NAMES));
        }
        try (InputStream in = LinkProfiles.class.getResourceAsStream(name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("The preset file " + name + ".json is missing from the jar.");
            }
            return Sheet.of(name, new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("The preset file " + name + ".json cannot be read.", e);
        }
    }

    /** A preset as its file states it. */
    private record Sheet(String summary, LinkProfile profile, Map<String, String> sources) {
        static Sheet of(String name, JsonNode file) {
            LinkProfile base = file.has("base") ? named(file.get("base").asText()) : LinkProfile.NONE;
            Map<String, String> values = new LinkedHashMap<>();
            Map<String, String> sources = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> setting : file.path("settings").properties()) {
                values.put(setting.getKey(), setting.getValue().path("value").asText());
                sources.put(setting.getKey(), setting.getValue().path("source").asText());
            }
            return new Sheet(file.path("summary").asText(), RecordCopy.with(base.with(values), "name", name), sources);
        }
    }
}
