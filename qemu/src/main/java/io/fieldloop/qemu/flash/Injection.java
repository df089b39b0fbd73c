package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.flash.nvs.NvsException;
import io.fieldloop.qemu.flash.nvs.NvsPartition;
import io.fieldloop.qemu.flash.nvs.NvsValue;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a run puts into a copy of a user's flash image before it boots.
 *
 * @param settings texts by {@code namespace/key}; each is stored with the type the firmware reads it with
 * @param authorityPlaces where the certificate of the run's authority goes
 * @param files by partition (label or offset), then by path
 */
public record Injection(
        Map<String, String> settings, List<CertificatePlace> authorityPlaces, Map<String, Map<String, Bytes>> files) {
    public Injection {
        settings = Map.copyOf(settings);
        authorityPlaces = List.copyOf(authorityPlaces);
        files = Map.copyOf(files);
    }

    public static Injection none() {
        return new Injection(Map.of(), List.of(), Map.of());
    }

    /**
     * A copy of an image with everything in it.
     *
     * @throws FlashImageException with one sentence if something has no place or does not fit
     */
    public FlashImage into(FlashImage image, X509Certificate authority) {
        FlashImage copy = into(image);
        for (CertificatePlace place : authorityPlaces) {
            copy = place.put(copy, authority);
        }
        return copy;
    }

    /** The same without a certificate, for a device that trusts nobody. */
    public FlashImage into(FlashImage image) {
        FlashImage copy = settings.isEmpty() ? image : image.withNvs(values(image));
        for (Map.Entry<String, Map<String, Bytes>> partition : files.entrySet()) {
            Map<String, byte[]> contents = new LinkedHashMap<>();
            partition.getValue().forEach((path, bytes) -> contents.put(path, bytes.toArray()));
            copy = copy.withFiles(partition.getKey(), contents);
        }
        return copy;
    }

    private Map<String, NvsValue> values(FlashImage image) {
        NvsPartition there = image.nvs().orElse(NvsPartition.empty());
        Map<String, NvsValue> values = new LinkedHashMap<>();
        settings.forEach((path, text) -> values.put(path, value(there, path, text, image.name())));
        return values;
    }

    private static NvsValue value(NvsPartition there, String path, String text, String name) {
        try {
            return InjectedSetting.value(path, text, there.get(path).orElse(null));
        } catch (NvsException wrong) {
            throw new FlashImageException(name + ": " + wrong.getMessage());
        }
    }
}
