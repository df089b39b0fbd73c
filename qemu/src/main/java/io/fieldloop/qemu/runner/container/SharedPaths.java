package io.fieldloop.qemu.runner.container;

import io.fieldloop.qemu.link.FrameSockets;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Recording;
import io.fieldloop.qemu.runner.ControlDirectory;
import io.fieldloop.qemu.runner.EmulationConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of this computer's files a machine's command line speaks of; what is not here is taken to be in the image. */
final class SharedPaths {
    private final List<Path> paths = new ArrayList<>();

    private SharedPaths() {}

    static List<Path> of(EmulationConfig config, ControlDirectory control) {
        SharedPaths shared = new SharedPaths();
        shared.add(config.directory());
        shared.add(control.path());
        shared.add(config.boot().file());
        if (config.boot() instanceof BootMedium.Flash flash) {
            shared.add(flash.efuse());
        }
        FrameSockets relay = config.network().relay();
        if (relay != null) {
            shared.add(relay.firmware().getParent());
        }
        if (config.recording() instanceof Recording.Into into) {
            shared.add(into.file().toAbsolutePath().getParent());
        } else if (config.recording() instanceof Recording.Replay replay) {
            shared.add(replay.file());
        }
        return shared.paths;
    }

    private void add(@Nullable Path path) {
        if (path != null && Files.exists(path) && paths.stream().noneMatch(path::startsWith)) {
            paths.add(path);
        }
    }
}
