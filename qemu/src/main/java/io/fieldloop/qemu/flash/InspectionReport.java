package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.flash.nvs.NvsPartition;
import io.fieldloop.qemu.flash.nvs.NvsValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the lines of an inspection: a word for what it is about, then what there is. */
final class InspectionReport {
    private static final int TEXT_SHOWN_MAX = 100;
    private static final String PUT_IN_ALWAYS =
            "websocket/url, websocket/version, board/uuid, and websocket/token where it has one";

    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
        return lines;
    }

    void merged(FlashImage image) {
        line("file", image.name() + ", a merged flash image" + extent(image));
        chip(image.bootloader().header());
        if (image.flashBytes() != image.bootloader().header().flashBytes()) {
            more("the file is larger than that: as run, " + megabytes(image.flashBytes()));
        }
        bootloader(image);
        partitions(image.partitionTable());
        image.otaData().ifPresent(this::otaData);
        for (AppSlot slot : image.appSlots()) {
            slot(slot, slot.equals(image.bootSlot()));
        }
        settings(image);
        new FilesReport(image).lines().forEach(text -> line(text.title(), text.text()));
        injection(image);
    }

    void app(AppImage app) {
        line("file", app.name() + ", an app image without bootloader and partition table");
        chip(app.image().header());
        app("app", app.image(), app.description());
        line("settings", "none here: they are in a flash, not in an app");
        line("injection", "not possible: it needs a merged flash image (idf.py merge-bin, or esptool merge_bin)");
    }

    private static String extent(FlashImage image) {
        if (image.fileStart() == 0 && image.fileEnd() == image.flashBytes()) {
            return "";
        }
        return String.format(
                Locale.ROOT, " from 0x%x to 0x%x; the rest of the flash is erased", image.fileStart(), image.fileEnd());
    }

    private void chip(ImageHeader header) {
        String revisions = "revision " + revision(header.revisionMin()) + " or later";
        if (header.revisionMax() != 0 && header.revisionMax() != 0xffff) {
            revisions = "revisions " + revision(header.revisionMin()) + " to " + revision(header.revisionMax());
        }
        line("chip", header.chip().title() + ", " + revisions);
        line("flash", flashSettings(header));
    }

    private static String flashSettings(ImageHeader header) {
        return megabytes(header.flashBytes()) + ", " + header.mode();
    }

    private static String revision(int full) {
        return full / 100 + "." + full % 100;
    }

    private static String megabytes(int bytes) {
        return (bytes >> 20) + " MB";
    }

    private void bootloader(FlashImage image) {
        BootloaderDescription description = image.bootloaderDescription();
        String what = description == null
                ? BootloaderDescription.guess(image.bootloader().segments())
                : "ESP-IDF " + description.idfVersion() + ", built " + description.buildTime();
        line(
                "bootloader",
                String.format(Locale.ROOT, "at 0x%x, %s", image.chip().bootloaderOffset(), what));
        layout(image.bootloader());
        if (!image.bootloader().hasOwnDigest()) {
            more("its SHA-256 is not the appended one" + whyNotItsDigest(image.bootloader()));
        }
    }

    private static String whyNotItsDigest(ChipImage bootloader) {
        return bootloader
                .headerOfDigest()
                .map(built -> ": that one is for " + flashSettings(built) + ", frequency code " + built.frequencyCode()
                        + ", so only flash settings were changed after the build, which does no harm")
                .orElse(", nor is it with other flash settings: it was changed or damaged after it was built; write it"
                        + " again");
    }

    private void layout(ChipImage image) {
        more(image.segments().size()
                + (image.segments().size() == 1 ? " segment" : " segments")
                + String.format(
                        Locale.ROOT,
                        ", entry 0x%08x, 0x%x bytes",
                        image.header().entryAddress(),
                        image.bytes().length()));
    }

    private void partitions(PartitionTable table) {
        line(
                "partitions",
                String.format(
                        Locale.ROOT, "at 0x%x, %s", table.offset(), table.hasMd5() ? "MD5 matches" : "without MD5"));
        for (Partition partition : table.partitions()) {
            more(String.format(
                    Locale.ROOT,
                    "%-16s %-16s 0x%06x 0x%06x%s",
                    partition.label(),
                    partition.kind(),
                    partition.offset(),
                    partition.size(),
                    (partition.flags() & 1) == 0 ? "" : " encrypted"));
        }
    }

    private void otaData(OtaData otaData) {
        Optional<OtaData.Entry> selected = otaData.selected();
        line(
                "OTA data",
                selected.map(entry -> "sequence " + entry.sequence() + ", state "
                                + entry.state().title())
                        .orElse("nothing selected"));
    }

    private void slot(AppSlot slot, boolean boots) {
        String where = "\"" + slot.partition().label() + "\""
                + String.format(Locale.ROOT, " at 0x%x", slot.partition().offset())
                + (boots ? ", the one that boots" : "");
        line("app", where);
        if (slot.image() != null) {
            app("", slot.image(), slot.description());
        } else {
            more(
                    slot.defect() == null
                            ? "empty"
                            : "broken, and not started: " + slot.defect().getMessage());
        }
    }

    private void app(String title, ChipImage image, @Nullable AppDescription description) {
        line(
                title,
                description == null
                        ? "without a description (a bootloader, or not built with ESP-IDF)"
                        : description.title());
        if (description != null) {
            more("ESP-IDF " + description.idfVersion() + ", built " + description.buildTime());
            more("ELF SHA-256 " + description.elfSha256().hex());
        }
        more("image SHA-256 " + image.digest().hex()
                + (image.appendedDigest() == null ? ", none appended" : ", matches"));
        layout(image);
    }

    private void settings(FlashImage image) {
        Partition partition = image.nvsPartition().orElse(null);
        if (partition == null) {
            line("settings", "none: the partition table has no data/nvs partition");
            return;
        }
        NvsPartition nvs = image.nvs().orElseThrow();
        line("settings", nvs.size() + " in NVS partition " + partition);
        nvs.namespaces().forEach((namespace, values) -> values.forEach((key, value) -> setting(namespace, key, value)));
        nvs.damage().forEach(sentence -> more("dropped: " + sentence));
        if (nvs.damage().size() > nvs.size()) {
            more("when most of it cannot be read, NVS may be encrypted");
        }
    }

    private void injection(FlashImage image) {
        line("injection", "a run boots a copy of this image, with eFuses that hold the device's MAC address");
        if (image.nvsPartition().isPresent()) {
            more("puts in for each device: " + PUT_IN_ALWAYS);
            more("and what the scenario's firmware: section names; its settings may be:");
            byNamespace()
                    .values()
                    .forEach(settings -> more("settings: "
                            + settings.stream().map(InjectedSetting::path).collect(Collectors.joining(", "))));
            more("any other setting as namespace/key; the CA certificate as one, in PEM, DER or base64");
        } else {
            more("no settings: there is no data/nvs partition");
        }
        List<String> places = FilesReport.places(image);
        places.forEach(place -> more("files: " + place + "; the CA certificate as one"));
        if (places.isEmpty()) {
            more("files: " + FilesReport.placeToBe(image));
        }
        more("never the app: a CA or a certificate bundle compiled into it stays as it is");
    }

    private static Map<String, List<InjectedSetting>> byNamespace() {
        return Arrays.stream(InjectedSetting.values())
                .collect(Collectors.groupingBy(
                        setting -> setting.path().substring(0, setting.path().indexOf('/')),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private void setting(String namespace, String key, NvsValue value) {
        more(namespace + "/" + key + " = " + shown(key, value));
    }

    private static String shown(String key, NvsValue value) {
        if (value instanceof NvsValue.Blob blob) {
            // Never the content: ESP-IDF's sta.apinfo has the Wi-Fi password in it.
            return "blob of " + blob.bytes().length() + " bytes";
        }
        if (value instanceof NvsValue.Text text) {
            return Secrets.isSecret(key)
                    ? "str, masked, " + text.bytes().length() + " bytes"
                    : "str " + quoted(Secrets.withoutSecrets(text.text()));
        }
        NvsValue.Numeric number = (NvsValue.Numeric) value;
        return number.type().title() + " " + (Secrets.isSecret(key) ? "masked" : number.value());
    }

    /** A certificate is a text, too; nobody reads one here. */
    private static String quoted(String text) {
        return text.length() <= TEXT_SHOWN_MAX
                ? "\"" + text + "\""
                : "\"" + text.substring(0, TEXT_SHOWN_MAX) + "...\", " + text.length() + " characters";
    }

    private void line(String title, String text) {
        lines.add(String.format(Locale.ROOT, "%-11s %s", title, Printable.of(text)));
    }

    private void more(String text) {
        line("", text);
    }
}
