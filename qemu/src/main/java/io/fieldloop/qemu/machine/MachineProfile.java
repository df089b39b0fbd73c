package io.fieldloop.qemu.machine;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind of machine that QEMU emulates, as data. UART0, the console, is the first serial port of all of them.
 *
 * @param qemu the binary's name
 * @param machineType QEMU's {@code -M}
 * @param memory QEMU's {@code -m}, null for the machine's own; on ESP32 machines this is the PSRAM
 * @param boots the media it starts from, the usual one first
 * @param flashMebibytes the sizes its flash may have; empty where it does not boot from flash
 * @param efuse how its eFuses are laid out, null where it has none
 * @param nicModel QEMU's {@code -net nic,model=}
 * @param watchdogDriver the QEMU device whose {@code wdt_disable} stops the watchdogs, null where there are none
 * @param recordable whether QEMU can record and replay it: it cannot where there is a second CPU
 * @param origin who ships a QEMU with this machine
 */
public record MachineProfile(
        String name,
        String qemu,
        String machineType,
        @Nullable String memory,
        List<Boots> boots,
        Set<Integer> flashMebibytes,
        @Nullable EfuseLayout efuse,
        String nicModel,
        @Nullable String watchdogDriver,
        boolean recordable,
        Origin origin) {

    private static final Set<Integer> FLASH_MEBIBYTES = Set.of(2, 4, 8, 16);

    /** Tensilica's LX60 board with a DE212 core and no MMU: what any distribution's QEMU has, and ESP32 code runs on. */
    static final MachineProfile LX60 = new MachineProfile(
            "lx60",
            "qemu-system-xtensa",
            "lx60-nommu",
            null,
            List.of(Boots.KERNEL),
            Set.of(),
            null,
            "open_eth",
            null,
            true,
            Origin.DISTRIBUTION);

    // Binaries, machine types, memory and eFuse defaults of the three are those of ESP-IDF's own `idf.py qemu`.

    static final MachineProfile ESP32 = new MachineProfile(
            "esp32",
            "qemu-system-xtensa",
            "esp32",
            "4M",
            List.of(Boots.FLASH, Boots.KERNEL),
            FLASH_MEBIBYTES,
            EfuseLayout.ESP32,
            "open_eth",
            "timer.esp32.timg",
            false,
            Origin.ESPRESSIF);

    static final MachineProfile ESP32S3 = new MachineProfile(
            "esp32s3",
            "qemu-system-xtensa",
            "esp32s3",
            "32M",
            List.of(Boots.FLASH),
            FLASH_MEBIBYTES,
            EfuseLayout.ESP32_S3,
            "open_eth",
            "timer.esp32s3.timg",
            false,
            Origin.ESPRESSIF);

    static final MachineProfile ESP32C3 = new MachineProfile(
            "esp32c3",
            "qemu-system-riscv32",
            "esp32c3",
            null,
            List.of(Boots.FLASH),
            FLASH_MEBIBYTES,
            EfuseLayout.ESP32_C3,
            "open_eth",
            "timer.esp32c3.timg",
            false,
            Origin.ESPRESSIF);

    static final List<MachineProfile> ALL = List.of(LX60, ESP32, ESP32S3, ESP32C3);

    public MachineProfile {
        boots = List.copyOf(boots);
        flashMebibytes = Set.copyOf(flashMebibytes);
    }

    /** The media a machine can start from. */
    public enum Boots {
        /** An ELF file. */
        KERNEL,
        /** A flash image. */
        FLASH
    }

    /** Who ships a QEMU with this machine, and how to get it. */
    public enum Origin {
        DISTRIBUTION("install your distribution's package (Debian, Ubuntu: apt-get install qemu-system-misc)"),
        ESPRESSIF("install Espressif's QEMU (idf_tools.py install qemu-xtensa qemu-riscv32), name one with --qemu,"
                + " or use a container that has it (--image)");

        private final String advice;

        Origin(String advice) {
            this.advice = advice;
        }

        /** The end of a sentence that says what is missing. */
        public String advice() {
            return advice;
        }
    }
}
