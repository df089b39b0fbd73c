package io.fieldloop.device.link.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloop.device.record.RecordCopy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

    /** The settings of a preset by key, those of the preset it builds on among them; all else is as without a link. */
    public static Map<String, Setting> settings(String name) {
        return sheet(name).settings();
    }

    /**
     * What a preset sets.
     *
     * @param source where the value comes from: a publication, or {@code assumed} and why
     */
    public record Setting(String value, String source) {}

    private static Sheet sheet(String name) {
        if (!NAMES.contains(name)) {
            throw new LinkProfileException("Unknown link profile '" + name + "'" + Nearest.hint(name, NAMES));
        }
        return Objects.requireNonNull(Bundled.SHEETS.get(name));
    }

    /** Every preset, read when the first one is asked for: each device of a run asks for one. */
    private static final class Bundled {
        static final Map<String, Sheet> SHEETS = sheets();

        private static Map<String, Sheet> sheets() {
            Map<String, Sheet> sheets = new LinkedHashMap<>();
            ObjectMapper json = new ObjectMapper();
            for (String name : NAMES) {
                sheets.put(name, Sheet.of(name, read(json, name), sheets));
            }
            return Map.copyOf(sheets);
        }

        private static JsonNode read(ObjectMapper json, String name) {
            try (InputStream in = LinkProfiles.class.getResourceAsStream(name + ".json")) {
                if (in == null) {
                    throw new IllegalStateException("The preset file " + name + ".json is missing from the jar.");
                }
                return json.readTree(in);
            } catch (IOException e) {
                throw new UncheckedIOException("The preset file " + name + ".json cannot be read.", e);
            }
        }
    }

    /** A preset as its file states it. */
    private record Sheet(String summary, LinkProfile profile, Map<String, Setting> settings) {
        /** @param read the presets before it, one of which it may build on */
        static Sheet of(String name, JsonNode file, Map<String, Sheet> read) {
            Map<String, Setting> settings = new LinkedHashMap<>();
            if (file.has("base")) {
                settings.putAll(Objects.requireNonNull(read.get(file.get("base").asText()))
                        .settings());
            }
            for (Map.Entry<String, JsonNode> setting : file.path("settings").properties()) {
                JsonNode told = setting.getValue();
                // Last, as it is written after all that the base says of it by direction.
                settings.remove(setting.getKey());
                settings.put(
                        setting.getKey(),
                        new Setting(
                                told.path("value").asText(), told.path("source").asText()));
            }
            Map<String, String> values = new LinkedHashMap<>();
            settings.forEach((key, setting) -> values.put(key, setting.value()));
            LinkProfile profile = RecordCopy.with(LinkProfile.NONE.with(values), "name", name);
            return new Sheet(file.path("summary").asText(), profile, settings);
        }
    }
}
