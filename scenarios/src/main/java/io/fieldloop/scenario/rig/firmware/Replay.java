package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.Recording;
import io.fieldloop.qemu.runner.Emulation;
import io.fieldloop.qemu.runner.EmulationConfig;
import io.fieldloop.qemu.runner.EmulationEnd;
import io.fieldloop.qemu.runner.EmulationListener;
import io.fieldloop.qemu.runner.Emulator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a recorded boot bit for bit: no network, no gateway, only QEMU's log of what came in and when.
 *
 * <p>With another firmware or command line QEMU waits for ever for events that never come, so both are compared first, and there is a
 * limit.
 */
public final class Replay {
    private final RecordedBoot boot;
    private final Path folder;
    private final Emulator emulator;

    /**
     * A replay that is not yet run.
     *
     * @param folder where the manifest, the replay log and the console log are
     */
    public Replay(RecordedBoot boot, Path folder, Emulator emulator) {
        this.boot = boot;
        this.folder = folder;
        this.emulator = emulator;
    }

    /** A replay is slower than what it repeats: three times was seen, and a busy machine has seen nothing yet. */
    public Duration usualLimit() {
        return Duration.ofSeconds(60 + 10 * Math.round(boot.seconds()));
    }

    /** In one sentence why it cannot be repeated with this firmware on this machine; null if it can. */
    public @Nullable String whyNot(Path firmware, Machine machine) throws IOException {
        String sha256 = RecordedBoot.sha256(firmware);
        if (!sha256.equals(boot.firmwareSha256())) {
            return boot.name() + " was recorded with another firmware: " + firmware + " has the SHA-256 "
                    + start(sha256)
                    + ", that of the recording (" + boot.firmware() + ") is " + start(boot.firmwareSha256())
                    + "; give that one with --firmware.";
        }
        List<String> now = RecordedBoot.commandOf(machine, boot.append());
        return now.equals(boot.command()) ? null : otherCommand(now);
    }

    private static String start(String sha256) {
        return sha256.substring(0, Math.min(16, sha256.length())) + "…";
    }

    private String otherCommand(List<String> now) {
        int first = 0;
        while (first < now.size()
                && first < boot.command().size()
                && now.get(first).equals(boot.command().get(first))) {
            first++;
        }
        return boot.name() + " was recorded with another QEMU command line: it is now `" + word(now, first)
                + "` where the recording has `" + word(boot.command(), first)
                + "`; replay it with the Fieldloop and the options it was recorded with.";
    }

    private static String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /**
     * Runs it; blocks until it is over.
     *
     * @param directory of the machine, and this replay's alone
     * @param console hears the lines as they come
     * @throws ReplayException if it does not end within the limit, or QEMU fails
     */
    public Outcome run(Path firmware, Machine machine, Path directory, Duration limit, EmulationListener console)
            throws IOException {
        EmulationConfig config = EmulationConfig.of(
                        boot.name(),
                        machine,
                        new BootMedium.Kernel(firmware.toAbsolutePath(), boot.append()),
                        directory)
                .withRecording(new Recording.Replay(folder.resolve(boot.log()).toAbsolutePath()));
        Emulation emulation = emulator.start(config, console).join();
        EmulationEnd end = emulation
                .ended()
                .copy()
                .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (end == null) {
            emulation.stop().join();
            throw new ReplayException(
                    boot.name() + " did not end within " + limit.toSeconds() + " s, and the recording took "
                            + String.format(Locale.ROOT, "%.1f", boot.seconds())
                            + " s; QEMU may be another version than the recording's, or give it more time with --limit.");
        }
        if (end.exitStatus() == null || end.exitStatus() != 0) {
            throw new ReplayException(boot.name() + " cannot be replayed: " + end.message());
        }
        return compare(kept(Files.readAllBytes(emulation.consoleLog())));
    }

    private Outcome compare(byte[] replayed) throws IOException {
        byte[] all = Files.readAllBytes(folder.resolve(boot.console()));
        byte[] recorded = kept(Arrays.copyOfRange(all, (int) boot.consoleFrom(), (int) boot.consoleTo()));
        int mismatch = Arrays.mismatch(recorded, replayed);
        return mismatch < 0
                ? new Outcome(true, "the console is the recorded one, byte for byte (" + recorded.length + " bytes)")
                : new Outcome(
                        false,
                        "the console differs from the recorded one from byte " + mismatch + " on: `"
                                + lineAt(replayed, mismatch) + "` where `" + lineAt(recorded, mismatch)
                                + "` was recorded");
    }

    private static byte[] kept(byte[] console) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        KeptConsole.copy(new ByteArrayInputStream(console), kept);
        return kept.toByteArray();
    }

    private static String lineAt(byte[] text, int at) {
        int from = at;
        while (from > 0 && text[from - 1] != '\n') {
            from--;
        }
        int to = at;
        while (to < text.length && text[to] != '\n') {
            to++;
        }
        return new String(text, from, to - from, StandardCharsets.UTF_8).strip();
    }

    /** How the replay compares with the recording, in a sentence without its period. */
    public record Outcome(boolean same, String sentence) {}
}
