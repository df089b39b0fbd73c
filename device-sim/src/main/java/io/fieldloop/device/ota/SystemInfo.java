package io.fieldloop.device.ota;

import java.util.List;

/** What a device says about itself in its check, key by key as the firmware prints it (xiaozhi-esp32, main/boards/common/board.cc). */
final class SystemInfo {
    /** A 16 MB ESP32-S3 with the partition table v2/16m.csv: label, type, subtype, address, size. */
    private static final List<Partition> PARTITIONS = List.of(
            new Partition("nvs", 1, 2, 0x9000, 0x4000),
            new Partition("otadata", 1, 0, 0xd000, 0x2000),
            new Partition("phy_init", 1, 1, 0xf000, 0x1000),
            new Partition(Slots.FIRST, 0, 16, 0x20000, 0x3f0000),
            new Partition(Slots.SECOND, 0, 17, 0x410000, 0x3f0000),
            new Partition("assets", 1, 130, 0x800000, 0x800000));

    /** The size of an OTA slot; an image beyond it cannot be written. */
    static final int SLOT_BYTES = 0x3f0000;

    private record Partition(String label, int type, int subtype, int address, int size) {}

    private SystemInfo() {}

    /** Where a slot begins. */
    static int addressOf(String slot) {
        return PARTITIONS.stream()
                .filter(partition -> partition.label().equals(slot))
                .mapToInt(Partition::address)
                .findFirst()
                .orElse(0);
    }

    /** @param network what the board tells of it, as members of an object */
    static String json(
            OtaSettings settings, String network, String deviceId, String clientId, String running, String slot) {
        StringBuilder json = new StringBuilder("{\"version\":2,\"language\":\"en-US\",\"flash_size\":16777216,")
                .append("\"minimum_free_heap_size\":\"8318916\",")
                .append(pair("mac_address", deviceId))
                .append(pair("uuid", clientId))
                .append("\"chip_model_name\":\"esp32s3\",")
                .append("\"chip_info\":{\"model\":9,\"cores\":2,\"revision\":2,\"features\":18},")
                .append("\"application\":{\"name\":\"xiaozhi\",")
                .append(pair("version", running))
                .append("\"compile_time\":\"Aug  8 2026T08:33:45Z\",\"idf_version\":\"v5.5.2\",\"elf_sha256\":\"")
                .append("0".repeat(64))
                .append("\"},\"partition_table\": [");
        String comma = "";
        for (Partition partition : PARTITIONS) {
            json.append(comma)
                    .append("{")
                    .append(pair("label", partition.label()))
                    .append("\"type\":")
                    .append(partition.type())
                    .append(",\"subtype\":")
                    .append(partition.subtype())
                    .append(",\"address\":")
                    .append(partition.address())
                    .append(",\"size\":")
                    .append(partition.size())
                    .append("}");
            comma = ",";
        }
        return json.append("],\"ota\":{\"label\":\"")
                .append(slot)
                .append("\"},\"display\":{\"monochrome\":false,\"width\":0,\"height\":0},\"board\":{")
                .append(pair("type", settings.board()))
                .append(pair("name", settings.board()))
                .append("\"manufacturer\":\"fieldloop\",")
                .append(network)
                .append("}}")
                .toString();
    }

    /** What a board on Wi-Fi tells of its network. */
    static String wifi(String deviceId) {
        return "\"ssid\":\"fieldloop\",\"rssi\":-55,\"channel\":6,\"ip\":\"192.168.1.15\",\"mac\":\"" + deviceId + "\"";
    }

    private static String pair(String key, String value) {
        return "\"" + key + "\":\"" + value + "\",";
    }
}
