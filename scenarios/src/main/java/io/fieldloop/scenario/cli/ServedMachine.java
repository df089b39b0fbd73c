package io.fieldloop.scenario.cli;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.qemu.link.Egress;
import io.fieldloop.qemu.runner.MachineDirectory;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.LiveOptions;
import io.fieldloop.scenario.cli.serve.ListenOptions;
import io.fieldloop.scenario.cli.serve.ServeCertificate;
import io.fieldloop.scenario.cli.serve.ServedGateway;
import io.fieldloop.scenario.live.LiveCertificate;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.scenario.rig.firmware.FirmwareChoice;
import io.fieldloop.scenario.rig.firmware.ServedFirmware;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.ListenerConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The firmware of {@code serve --run-firmware}, its console among the gateway's lines. */
final class ServedMachine implements AutoCloseable {
    private static final String NAME = "firmware";

    private final ServedFirmware firmware;
    private final MachineDirectory directory;

    private ServedMachine(ServedFirmware firmware, MachineDirectory directory) {
        this.firmware = firmware;
        this.directory = directory;
    }

    /** Boots it, or throws a sentence and leaves the gateway stopped. */
    static ServedMachine start(LiveOptions options, ServedGateway served, Consumer<String> said, PrintWriter err) {
        try {
            String image = Objects.requireNonNull(options.firmware);
            FirmwareChoice choice = new FirmwareBench(options.machine, err)
                    .choose(image.isEmpty() ? null : Path.of(image), Egress.DENIED, false);
            MachineDirectory directory = MachineDirectory.create();
            ServedFirmware firmware = new ServedFirmware(
                    choice,
                    device(served),
                    Objects.requireNonNull(options.link()),
                    directory.path(),
                    line -> said.accept(NAME + "  " + line));
            ServedMachine machine = new ServedMachine(firmware, directory);
            served.attach(firmware);
            try {
                firmware.start();
            } catch (RigException cannot) {
                machine.close();
                throw cannot;
            }
            FirmwareRunCommand.forwardInput(firmware::write);
            return machine;
        } catch (RigException | CliException cannot) {
            served.close();
            throw new CliException(String.valueOf(cannot.getMessage()));
        }
    }

    /** By TLS where that is served, as devices in the field connect. */
    private static DeviceConfig device(ServedGateway served) {
        List<String> listeners =
                served.config().listeners().stream().map(ListenerConfig::name).toList();
        boolean secure = listeners.contains(ListenOptions.WSS);
        if (!secure && !listeners.contains(ListenOptions.WS)) {
            throw new CliException("--run-firmware connects to --ws or --wss; give a port with one of them.");
        }
        String url = secure
                ? "wss://" + ServedFirmware.GATEWAY + GatewayConfig.PATH
                : "ws://" + ServedFirmware.GATEWAY + ":" + Rig.WS.port() + GatewayConfig.PATH;
        ServeCertificate certificate = served.certificate();
        LiveCertificate minted = certificate == null ? null : certificate.live();
        return DeviceConfig.of(NAME, DeviceProfile.named("xiaozhi-wifi"), url)
                .withTrustAnchors(
                        minted == null ? List.of() : List.of(minted.authority().root()));
    }

    @Override
    public void close() {
        firmware.close();
        directory.close();
    }
}
