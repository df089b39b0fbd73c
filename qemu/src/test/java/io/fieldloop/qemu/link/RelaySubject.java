package io.fieldloop.qemu.link;

import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.Outage;
import java.time.Duration;

/** A frame relay between two ends that tests speak for. */
abstract class RelaySubject implements LinkSubject {
    final RelayBench bench;

    RelaySubject(RelayBench bench) {
        this.bench = bench;
    }

    @Override
    public final void change(LinkProfile profile) {
        bench.relay.change(profile);
    }

    @Override
    public final void outage(Duration lasting, Outage.How how) {
        bench.relay.outage(lasting, how);
    }

    @Override
    public final void blackhole(Duration lasting) {
        bench.relay.blackhole(lasting);
    }

    @Override
    public final void resetAll() {
        bench.relay.resetAll();
    }

    @Override
    public final void natRebind() {
        bench.relay.natRebind();
    }

    @Override
    public final void natRebindUdp() {
        bench.relay.natRebindUdp();
    }

    @Override
    public final void close() {
        bench.close();
    }
}
