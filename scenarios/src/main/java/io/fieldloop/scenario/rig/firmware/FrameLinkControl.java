package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import io.fieldloop.qemu.link.FrameLink;
import io.fieldloop.scenario.rig.LinkControl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The link of a machine as steps and a live page use it. */
record FrameLinkControl(FrameLink link) implements LinkControl {
    @Override
    public void change(LinkProfile next) {
        link.change(next);
    }

    @Override
    public void outage(Duration lasting, Outage.How how) {
        link.outage(lasting, how);
    }

    @Override
    public void blackhole(Duration lasting) {
        link.blackhole(lasting);
    }

    @Override
    public void resetAll() {
        link.resetAll();
    }

    @Override
    public void natRebind() {
        link.natRebind();
    }

    @Override
    public void natRebindUdp() {
        link.natRebindUdp();
    }

    @Override
    public byte @Nullable [] recordedDatagram() {
        return link.recordedDatagram();
    }
}
