package io.fieldloop.qemu.machine;

import io.fieldloop.qemu.link.FrameSockets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says to QEMU what a machine is.
 *
 * <p>Nothing listens on TCP: the console and QEMU's own control (QMP) are Unix sockets. QEMU waits for the console's other end before
 * the first instruction, so nothing is lost, not even on forks that drop what nobody reads. Where the execution is recorded or
 * replayed the console is a pair of named pipes, {@code console.in} and {@code console.out}: waiting for a socket would spoil it.
 */
public final class QemuCommandLine {
    private static final String NIC_NETDEV = "fw0";
    private static final String RECORDING_SHIFT = "shift=3";

    private final List<String> line = new ArrayList<>();

    private QemuCommandLine() {}

    /**
     * The whole command line, the binary first.
     *
     * @param binary as {@link QemuBinary} found it, or the machine's own name for it in a container
     * @param marker names the process, so that it can be told apart later
     */
    public static List<String> of(
            String binary,
            String marker,
            Machine machine,
            BootMedium boot,
            ControlSockets control,
            NetworkWiring network,
            Recording recording) {
        QemuCommandLine command = new QemuCommandLine();
        command.add(binary).add("-name", marker).add("-M", machine.machineType());
        command.addIfGiven("-m", machine.profile().memory());
        command.add("-display", "none").add("-monitor", "none");
        command.add("-serial", "pipe:" + control.console());
        command.add("-qmp", "unix:" + control.qmp() + ",server=on,wait=off");
        command.addBoot(machine, boot);
        command.addWatchdog(machine);
        command.addNetwork(machine, network);
        command.addTime(machine, recording);
        return command.add(machine.arguments()).line;
    }

    private void addBoot(Machine machine, BootMedium boot) {
        if (boot instanceof BootMedium.Kernel kernel) {
            require(machine, MachineProfile.Boots.KERNEL, "an ELF file", "a flash image");
            add("-kernel", kernel.elf().toString());
            addIfGiven("-append", kernel.commandLine().isEmpty() ? null : kernel.commandLine());
        } else if (boot instanceof BootMedium.Flash flash) {
            require(machine, MachineProfile.Boots.FLASH, "a flash image", "an ELF file");
            String chip = flash.served();
            add("-drive", "file=" + (chip == null ? escaped(flash.image()) : chip) + ",if=mtd,format=raw");
            addEfuse(machine.profile().efuse(), flash.efuse());
        }
    }

    private static void require(Machine machine, MachineProfile.Boots wanted, String given, String expected) {
        if (!machine.profile().boots().contains(wanted)) {
            throw new MachineException("the machine " + machine.name() + " does not boot from " + given + "; expected "
                    + expected + ", or another machine (--machine).");
        }
    }

    private void addEfuse(@Nullable EfuseLayout layout, @Nullable Path image) {
        if (layout != null && image != null) {
            add("-drive", "file=" + escaped(image) + ",if=none,format=raw,id=efuse");
            add("-global", "driver=" + layout.driver() + ",property=drive,value=efuse");
        }
    }

    private void addWatchdog(Machine machine) {
        String driver = machine.profile().watchdogDriver();
        if (driver != null && !machine.watchdog()) {
            add("-global", "driver=" + driver + ",property=wdt_disable,value=true");
        }
    }

    private void addNetwork(Machine machine, NetworkWiring network) {
        FrameSockets relay = network.relay();
        if (relay == null) {
            add("-netdev", "user,id=" + NIC_NETDEV);
        } else {
            add("-netdev", datagrams(NIC_NETDEV, relay.firmware(), relay.firmwareRelay()));
            add("-netdev", "user,id=u0");
            add("-netdev", datagrams("up0", relay.up(), relay.upRelay()));
            add("-netdev", "hubport,id=h0,hubid=7,netdev=u0");
            add("-netdev", "hubport,id=h1,hubid=7,netdev=up0");
        }
        add("-net", "nic,model=" + machine.nicModel() + ",netdev=" + NIC_NETDEV);
    }

    private static String datagrams(String id, Path local, Path remote) {
        return "dgram,id=" + id + ",local.type=unix,local.path=" + escaped(local) + ",remote.type=unix,remote.path="
                + escaped(remote);
    }

    /** Recording needs time to be instructions; the shift is one with which a TLS handshake takes as long as on a real chip. */
    private void addTime(Machine machine, Recording recording) {
        if (recording instanceof Recording.None) {
            addIfGiven("-icount", machine.icount());
            return;
        }
        if (!machine.profile().recordable()) {
            throw new MachineException(
                    "QEMU cannot record or replay the machine " + machine.name() + "; use --machine lx60 for that.");
        }
        String mode = recording instanceof Recording.Into ? "record" : "replay";
        Path file = recording instanceof Recording.Into into ? into.file() : ((Recording.Replay) recording).file();
        String icount = machine.icount();
        add("-icount", (icount == null ? RECORDING_SHIFT : icount) + ",rr=" + mode + ",rrfile=" + escaped(file));
        add("-object", "filter-replay,id=replay0,netdev=" + NIC_NETDEV);
    }

    /** QEMU takes a comma for the end of an option's value unless it is doubled. */
    private static String escaped(Path path) {
        return path.toString().replace(",", ",,");
    }

    private void addIfGiven(String option, @Nullable String value) {
        if (value != null) {
            add(option, value);
        }
    }

    private QemuCommandLine add(String option, String value) {
        line.add(option);
        line.add(value);
        return this;
    }

    private QemuCommandLine add(String word) {
        line.add(word);
        return this;
    }

    private QemuCommandLine add(List<String> words) {
        line.addAll(words);
        return this;
    }
}
