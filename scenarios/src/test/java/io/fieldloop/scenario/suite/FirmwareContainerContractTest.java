package io.fieldloop.scenario.suite;

import io.fieldloop.qemu.runner.container.ContainerEmulator;
import io.fieldloop.scenario.rig.RigFactory;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;

/** The reference firmware of the project's container image, in that image's QEMU. */
@Tag("docker")
@Order(2)
final class FirmwareContainerContractTest extends DeviceContract {
    @Override
    RigFactory rigs() {
        ContainerEmulator containers = FirmwareForTests.assumeContainers();
        return FirmwareForTests.rigs(containers, FirmwareForTests.copiedOut(containers, evidence));
    }
}
