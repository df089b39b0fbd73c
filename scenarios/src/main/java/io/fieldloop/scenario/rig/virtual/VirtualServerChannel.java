package io.fieldloop.scenario.rig.virtual;

import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;

/** Accepts {@link VirtualChannel}s. */
public final class VirtualServerChannel extends LocalServerChannel {
    @Override
    protected LocalChannel newLocalChannel(LocalChannel peer) {
        return peer instanceof VirtualChannel virtual ? new VirtualChannel(this, virtual) : super.newLocalChannel(peer);
    }
}
