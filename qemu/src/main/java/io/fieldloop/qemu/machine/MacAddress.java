package io.fieldloop.qemu.machine;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A device's factory MAC address.
 *
 * @param text six bytes in lower-case hex with colons between them
 */
public record MacAddress(String text) {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final HexFormat HEX = HexFormat.ofDelimiter(":");
    private static final int REFLECTED_POLYNOMIAL = 0x8c;

    public MacAddress {
        text = text.toLowerCase(Locale.ROOT);
        if (!isOne(text)) {
            throw new MachineException(
                    "\"" + text + "\" is not a device's MAC address; expected one like 52:54:00:12:34:56.");
        }
    }

    /** Whether a text is the address of one device, and so may be in a chip's eFuses. */
    public static boolean isOne(String text) {
        return SHAPE.matcher(text.toLowerCase(Locale.ROOT)).matches() && HexFormat.fromHexDigits(text, 0, 2) % 2 == 0;
    }

    public byte[] bytes() {
        return HEX.parseHex(text);
    }

    /** What the ESP32 keeps beside its address and ESP-IDF checks: {@code esp_rom_crc8_le(0, mac, 6)}. */
    byte crc8() {
        int crc = 0;
        for (byte next : bytes()) {
            crc ^= next & 0xff;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = crc >> 1 ^ (crc & 1) * REFLECTED_POLYNOMIAL;
            }
        }
        return (byte) crc;
    }
}
