package io.fieldloop.scenario.rig.firmware;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fieldloop.qemu.bytes.OwnersFile;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.ControlSockets;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.NetworkWiring;
import io.fieldloop.qemu.machine.QemuCommandLine;
import io.fieldloop.qemu.machine.Recording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known to repeat one boot of a device, beside QEMU's replay log; a small JSON file.
 *
 * @param boot counts the device's boots in its run, from 1
 * @param machine what {@code --machine} calls it
 * @param machineType QEMU's {@code -M}
 * @param icount QEMU's {@code -icount}, null for the usual one
 * @param arguments more for QEMU
 * @param firmware where the firmware was
 * @param firmwareSha256 in hex
 * @param append the kernel command line
 * @param command QEMU's whole command line, with names in place of paths
 * @param seconds how long the recording took
 * @param log the replay log's file name
 * @param console the file name of the device's console log
 * @param consoleFrom where this boot begins in it
 * @param consoleTo where it ends
 */
public record RecordedBoot(
        String device,
        int boot,
        String machine,
        String machineType,
        String nicModel,
        @Nullable String icount,
        List<String> arguments,
        String firmware,
        String firmwareSha256,
        String append,
        List<String> command,
        double seconds,
        String log,
        String console,
        long consoleFrom,
        long consoleTo) {
    /** How the files' names end. */
    public static final String ENDING = ".replay.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** {@code door-1}. */
    public String name() {
        return device + "-" + boot;
    }

    void write(Path folder) throws IOException {
        try (OutputStream out = Channels.newOutputStream(OwnersFile.open(
                folder.resolve(name() + ENDING),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE))) {
            JSON.writeValue(out, this);
        }
    }

    /**
     * Reads a manifest.
     *
     * @throws IOException if it cannot be read or is none
     */
    public static RecordedBoot read(Path file) throws IOException {
        return JSON.readValue(Files.readAllBytes(file), RecordedBoot.class);
    }

    /** The machine it was recorded on. */
    public Machine recordedMachine() {
        Machine recorded = Machine.named(machine)
                .withMachineType(machineType)
                .withNicModel(nicModel)
                .withArguments(arguments);
        return icount == null ? recorded : recorded.withIcount(icount);
    }

    /** The command line that replays a boot, with names in place of all that differs from run to run. */
    public static List<String> commandOf(Machine machine, String append) {
        return QemuCommandLine.of(
                "qemu",
                "replay",
                machine,
                new BootMedium.Kernel(Path.of("firmware"), append),
                new ControlSockets(Path.of("console"), Path.of("qmp")),
                NetworkWiring.user(),
                new Recording.Replay(Path.of("log")));
    }

    /** In hex. */
    public static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException neverMissing) {
            throw new IllegalStateException(neverMissing);
        }
    }
}
