package io.fieldloop.scenario.rig.firmware;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldloop.device.DeviceConfig;
import io.fieldloop.qemu.bytes.BoundedFile;
import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.flash.CertificatePlace;
import io.fieldloop.qemu.flash.FlashImage;
import io.fieldloop.qemu.flash.FlashImageException;
import io.fieldloop.qemu.flash.Injection;
import io.fieldloop.qemu.flash.Partition;
import io.fieldloop.scenario.model.CaPlace;
import io.fieldloop.scenario.model.FirmwareSpec;
import io.fieldloop.scenario.rig.RigException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a device's settings, the scenario's files and the run's authority into a flash image.
 *
 * <p>A user's firmware gets what xiaozhi-esp32 keeps in NVS, and what the scenario names; the reference firmware gets all of
 * its settings.
 */
final class FlashContents {
    /** Where the reference firmware keeps what xiaozhi-esp32 has, too; the rest is in a namespace of its own. */
    private static final Map<String, String> STOCK_PLACES = Map.ofEntries(
            Map.entry("url", "websocket/url"),
            Map.entry("token", "websocket/token"),
            Map.entry("version", "websocket/version"),
            Map.entry("ota-url", "wifi/ota_url"),
            Map.entry("client-id", "board/uuid"),
            Map.entry("mqtt-endpoint", "mqtt/endpoint"),
            Map.entry("mqtt-client-id", "mqtt/client_id"),
            Map.entry("mqtt-username", "mqtt/username"),
            Map.entry("mqtt-password", "mqtt/password"),
            Map.entry("mqtt-topic", "mqtt/publish_topic"),
            Map.entry("mqtt-keepalive", "mqtt/keepalive"));

    private static final int FILE_BYTES_MAX = 64 << 20;

    private static final String OWN_NAMESPACE = "fieldloop/";

    private final FirmwareSpec spec;
    private final Path scenario;
    private final boolean own;

    /**
     * @param scenario the scenario's file, to whose folder the names of other files are relative
     * @param own whether the firmware is a user's, not the reference firmware
     */
    FlashContents(FirmwareSpec spec, Path scenario, boolean own) {
        this.spec = spec;
        this.scenario = scenario;
        this.own = own;
    }

    /**
     * A copy of the image with all of it.
     *
     * @param words the device's settings by the reference firmware's names, the scenario's among them
     */
    FlashImage into(FlashImage given, DeviceConfig device, Map<String, String> words) {
        String added = spec.addPartition();
        FlashImage image = added == null ? given : given.withFilesPartition(added);
        Map<String, Map<String, Bytes>> files = spec.hasFiles() ? Map.of(partition(image), files(words)) : Map.of();
        List<X509Certificate> anchors = device.trustAnchors();
        if (anchors.isEmpty()) {
            return new Injection(settings(words), List.of(), files).into(image);
        }
        List<CertificatePlace> places =
                spec.ca().stream().map(place -> place(place, image)).toList();
        return new Injection(settings(words), places, files).into(image, anchors.get(anchors.size() - 1));
    }

    private Map<String, String> settings(Map<String, String> words) {
        Map<String, String> settings = new LinkedHashMap<>();
        words.forEach((word, value) -> {
            String path = path(word);
            if (path != null) {
                settings.put(path, value);
            }
        });
        return settings;
    }

    private @Nullable String path(String word) {
        if (word.contains("/")) {
            return word;
        }
        String stock = STOCK_PLACES.get(word);
        return stock == null && !own ? OWN_NAMESPACE + word : stock;
    }

    private String partition(FlashImage image) {
        if (spec.partition() != null) {
            return spec.partition();
        }
        return image.filesPartition()
                .map(Partition::label)
                .orElseThrow(() -> new FlashImageException(image.name()
                        + ": the partition table has no FAT partition for the scenario's files; name another with"
                        + " `partition`."));
    }

    private Map<String, Bytes> files(Map<String, String> words) {
        Map<String, Bytes> files = new LinkedHashMap<>();
        spec.files().forEach((name, source) -> files.put(name, read(scenario.resolveSibling(source))));
        if (spec.settingsFile() != null) {
            files.put(spec.settingsFile(), Bytes.utf8(json(words)));
        }
        return files;
    }

    private static Bytes read(Path file) {
        try {
            return Bytes.of(BoundedFile.read(file, FILE_BYTES_MAX));
        } catch (IOException unreadable) {
            throw new RigException(
                    "The file " + file + ", which the scenario's `firmware: files:` names, cannot be read;"
                            + " names are relative to the scenario's folder.");
        }
    }

    private static String json(Map<String, String> words) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> word : words.entrySet()) {
                if (!word.getKey().contains("/")) {
                    json.writeStringField(word.getKey(), word.getValue());
                }
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("A text in memory cannot be written.", impossible);
        }
        return text.toString();
    }

    private CertificatePlace place(CaPlace place, FlashImage image) {
        return place instanceof CaPlace.Setting setting
                ? new CertificatePlace.Setting(setting.setting(), setting.form())
                : new CertificatePlace.InFile(partition(image), ((CaPlace.File) place).file(), place.form());
    }
}
