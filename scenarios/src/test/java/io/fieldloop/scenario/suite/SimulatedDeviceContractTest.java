package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;

/** Each profile of the simulator, in virtual time. */
final class SimulatedDeviceContractTest extends DeviceContract {
    @Override
    RigFactory rigs() {
        return VirtualRigs.factory();
    }
}
