package io.fieldloop.scenario.suite;

import io.fieldloop.qemu.runner.ProcessEmulator;
import io.fieldloop.scenario.rig.RigFactory;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;

/** The reference firmware in a local QEMU, as `make -C qemu/firmware` leaves it. */
@Tag("qemu")
@Order(2)
final class FirmwareProcessContractTest extends DeviceContract {
    @Override
    RigFactory rigs() {
        return FirmwareForTests.rigs(new ProcessEmulator(), FirmwareForTests.assumeBuilt());
    }
}
