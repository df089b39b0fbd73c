package io.fieldloop.qemu.runner;

import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.NetworkWiring;
import io.fieldloop.qemu.machine.Recording;
import java.nio.file.Path;

/**
 * One machine to start.
 *
 * @param name the device's name, for messages and file names
 * @param directory exists; holds the console's log and whatever else belongs to this machine
 */
public record EmulationConfig(
        String name, Machine machine, BootMedium boot, Path directory, NetworkWiring network, Recording recording) {

    /** Nothing recorded, nothing in between machine and network. */
    public static EmulationConfig of(String name, Machine machine, BootMedium boot, Path directory) {
        return new EmulationConfig(name, machine, boot, directory, NetworkWiring.user(), Recording.none());
    }

    public EmulationConfig withNetwork(NetworkWiring wiring) {
        return new EmulationConfig(name, machine, boot, directory, wiring, recording);
    }

    public EmulationConfig withRecording(Recording wanted) {
        return new EmulationConfig(name, machine, boot, directory, network, wanted);
    }
}
