package io.fieldloop.scenario.firmware;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.runner.Emulator;
import java.nio.file.Path;

/**
 * Which firmware runs on what.
 *
 * @param image an ELF that a machine boots as its kernel, or a flash image; copies are changed, never the file itself
 * @param emulator a local process or a container
 * @param dictionary what the firmware's console lines mean, and which commands it takes
 * @param own whether it is a user's own image, not Fieldloop's reference firmware
 * @param recorded whether QEMU's replay log is kept
 */
public record FirmwareChoice(
        Machine machine, Path image, Emulator emulator, ConsoleDictionary dictionary, boolean own, boolean recorded) {}
