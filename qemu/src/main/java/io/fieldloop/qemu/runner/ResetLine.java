package io.fieldloop.qemu.runner;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A console line that says why the chip started: the ROM's {@code rst:0x7 (TG0WDT_SYS_RESET),boot:0x12 (…)}, or the reference firmware's
 * {@code fieldloop: boot count=2 reset=software …} where there is no ROM.
 *
 * @param code the ROM's number, null where the firmware spoke
 */
record ResetLine(String cause, @Nullable Integer code) {
    // The ROMs write POWERON_RESET, POWERON, POWERON_CHIP_RESET; TG0WDT_SYS_RESET, TG0_WDT_SYS_RST;
    // RTCWDT_BROWN_OUT_RESET, BROWNOUT_RST.
    private static final Pattern ROM = Pattern.compile("\\brst:0x([0-9a-fA-F]{1,2}) \\((\\w+)\\)");
    private static final Pattern FIRMWARE = Pattern.compile("\\bfieldloop: boot count=\\S+ reset=([\\w-]+)");
    private static final int HEX = 16;

    static Optional<ResetLine> in(String line) {
        Matcher rom = ROM.matcher(line);
        if (rom.find()) {
            return Optional.of(new ResetLine(rom.group(2), Integer.parseInt(rom.group(1), HEX)));
        }
        Matcher firmware = FIRMWARE.matcher(line);
        return firmware.find() ? Optional.of(new ResetLine(firmware.group(1), null)) : Optional.empty();
    }

    boolean isFromRom() {
        return code != null;
    }

    boolean isWatchdog() {
        return !isBrownout() && (flat().contains("WDT") || flat().contains("WATCHDOG"));
    }

    boolean isBrownout() {
        return flat().contains("BROWNOUT");
    }

    private String flat() {
        return cause.toUpperCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
