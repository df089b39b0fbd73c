package io.fieldloop.qemu.flash.nvs;

import io.fieldloop.qemu.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings in an NVS partition of ESP-IDF: values by namespace and key. It never changes.
 *
 * <p>Read tolerantly, since a device that lost power leaves half an entry and the firmware drops it; what was dropped is
 * in {@link #damage}. Written as {@code nvs_partition_gen.py} writes it (format version 2), byte for byte.
 *
 * @param namespaces in the order of their numbers on flash, keys in the order they were written
 * @param damage one sentence for each entry or page that could not be read
 */
public record NvsPartition(Map<String, Map<String, NvsValue>> namespaces, List<String> damage) {
    private static final int NAME_LENGTH_MAX = 15;

    public NvsPartition {
        Map<String, Map<String, NvsValue>> copy = new LinkedHashMap<>();
        namespaces.forEach((name, values) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
        namespaces = Collections.unmodifiableMap(copy);
        damage = List.copyOf(damage);
    }

    public static NvsPartition empty() {
        return new NvsPartition(Map.of(), List.of());
    }

    /**
     * Reads a partition.
     *
     * @throws NvsException if its size or its format version is none that can be read
     */
    public static NvsPartition read(Bytes partition) {
        return new NvsReader(partition).read();
    }

    /** The value of {@code namespace/key}. */
    public Optional<NvsValue> get(String path) {
        Path names = Path.of(path);
        Map<String, NvsValue> values = namespaces.get(names.namespace);
        return values == null ? Optional.empty() : Optional.ofNullable(values.get(names.key));
    }

    /** A copy with one value more, or another one in its place. */
    public NvsPartition with(String path, NvsValue value) {
        Path names = Path.of(path);
        Map<String, Map<String, NvsValue>> changed = new LinkedHashMap<>(namespaces);
        Map<String, NvsValue> values = new LinkedHashMap<>(changed.getOrDefault(names.namespace, Map.of()));
        values.put(names.key, value);
        changed.put(names.namespace, values);
        return new NvsPartition(changed, damage);
    }

    /** How many values there are. */
    public int size() {
        return namespaces.values().stream().mapToInt(Map::size).sum();
    }

    /**
     * The partition's bytes.
     *
     * @throws NvsException if the values do not fit
     */
    public Bytes toBytes(int partitionBytes) {
        return new NvsWriter(partitionBytes).write(namespaces);
    }

    /** The two names of a value. */
    private record Path(String namespace, String key) {
        static Path of(String path) {
            int slash = path.indexOf('/');
            if (slash < 0) {
                throw new NvsException(
                        "\"" + path + "\" names no setting; write it as namespace/key, such as" + " websocket/url.");
            }
            return new Path(name(path, path.substring(0, slash)), name(path, path.substring(slash + 1)));
        }

        private static String name(String path, String name) {
            int length = name.getBytes(StandardCharsets.UTF_8).length;
            if (length == 0 || length > NAME_LENGTH_MAX) {
                throw new NvsException("\"" + name + "\" in \"" + path + "\" has " + length
                        + " bytes; namespaces and keys have 1 to " + NAME_LENGTH_MAX + ".");
            }
            return name;
        }
    }
}
