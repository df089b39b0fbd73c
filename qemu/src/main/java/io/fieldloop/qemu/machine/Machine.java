package io.fieldloop.qemu.machine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine to start: a profile, and what a user wants otherwise.
 *
 * @param qemu the binary: a name to look up on PATH, or a path
 * @param machineType QEMU's {@code -M}
 * @param watchdog whether the chip's watchdogs run
 * @param icount QEMU's {@code -icount}, by which time is instructions; null: time is the host's
 * @param arguments more for QEMU, last on its command line
 */
public record Machine(
        MachineProfile profile,
        String qemu,
        String machineType,
        String nicModel,
        boolean watchdog,
        @Nullable String icount,
        List<String> arguments) {

    public Machine {
        arguments = List.copyOf(arguments);
    }

    /** The machine as its profile has it: {@code lx60}, {@code esp32}, {@code esp32s3} or {@code esp32c3}. */
    public static Machine named(String name) {
        for (MachineProfile profile : MachineProfile.ALL) {
            if (profile.name().equals(name)) {
                return new Machine(
                        profile, profile.qemu(), profile.machineType(), profile.nicModel(), true, null, List.of());
            }
        }
        throw new MachineException(
                "there is no machine \"" + name + "\"; expected one of " + String.join(", ", names()) + ".");
    }

    /** The names {@link #named} knows. */
    public static List<String> names() {
        return MachineProfile.ALL.stream().map(MachineProfile::name).toList();
    }

    public String name() {
        return profile.name();
    }

    /** With another binary: a name to look up on PATH, or a path. */
    public Machine withQemu(String binary) {
        return new Machine(profile, binary, machineType, nicModel, watchdog, icount, arguments);
    }

    /** With another {@code -M}, for instance a fork's {@code esp32-picsimlab}. */
    public Machine withMachineType(String type) {
        return new Machine(profile, qemu, type, nicModel, watchdog, icount, arguments);
    }

    /** With another network card, for instance a fork's {@code esp32_wifi}. */
    public Machine withNicModel(String model) {
        return new Machine(profile, qemu, machineType, model, watchdog, icount, arguments);
    }

    public Machine withWatchdog(boolean running) {
        return new Machine(profile, qemu, machineType, nicModel, running, icount, arguments);
    }

    /** With QEMU's {@code -icount}, for instance {@code shift=3}: 8 ns for an instruction. */
    public Machine withIcount(String option) {
        return new Machine(profile, qemu, machineType, nicModel, watchdog, option, arguments);
    }

    /** With more QEMU arguments, after those it has. */
    public Machine withArguments(List<String> more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(more);
        return new Machine(profile, qemu, machineType, nicModel, watchdog, icount, all);
    }
}
