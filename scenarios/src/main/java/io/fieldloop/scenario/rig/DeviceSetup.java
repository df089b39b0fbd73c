package io.fieldloop.scenario.rig;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.link.profile.LinkProfile;
import java.net.InetAddress;
import java.util.function.Consumer;

/**
 * What a rig needs to know of a device to put it in place.
 *
 * @param config its profile and settings
 * @param link what its link is like at first
 * @param linkSeed decides the fate of its packets
 * @param source the address the gateway sees its connections come from
 * @param journal takes down what it and its link report
 * @param broken told when the device itself is gone and the scenario cannot go on
 */
public record DeviceSetup(
        DeviceConfig config,
        LinkProfile link,
        long linkSeed,
        InetAddress source,
        DeviceJournal journal,
        Consumer<RigException> broken) {
    public String name() {
        return config.name();
    }
}
