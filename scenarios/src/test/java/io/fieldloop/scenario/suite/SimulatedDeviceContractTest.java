package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.rig.RigFactory;

/** Each profile of the simulator, in virtual time. */
final class SimulatedDeviceContractTest extends DeviceContract {
    @Override
    RigFactory rigs() {
        return RigFactory.virtual();
    }
}
