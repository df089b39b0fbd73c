package io.fieldloop.scenario.rig;

import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The modelled link as steps and tests use it. */
public record SimulatedLink(Link link) implements LinkControl {
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
