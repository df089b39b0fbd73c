package io.fieldloop.scenario.rig;

import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalChannel;
import java.net.UnknownHostException;

/** Dials that fail before there is a connection. */
public final class FailedDial {
    private FailedDial() {}

    /** What a dialer answers for a name that does not resolve. */
    public static ChannelFuture unknownHost(EventLoop loop, String host) {
        return because(new UnknownHostException(host), loop);
    }

    /** What a dialer answers where it gets no socket; Netty's own future of that kind has no loop it could be told on. */
    public static ChannelFuture because(Throwable cause, EventLoop loop) {
        return new DefaultChannelPromise(new LocalChannel(), loop).setFailure(cause);
    }
}
