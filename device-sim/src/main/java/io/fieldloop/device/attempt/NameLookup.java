package io.fieldloop.device.attempt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;

/** What a connection that is still to be opened tells of the name it is for, as an event of its pipeline. */
public sealed interface NameLookup {
    /** Somebody was asked. */
    record Asked() implements NameLookup {}

    /** Here is the address. */
    record Found(String host, InetAddress address) implements NameLookup {}

    /** Passes it on to the attempt. */
    final class Watch extends ChannelInboundHandlerAdapter {
        private final ConnectWatcher watcher;

        Watch(ConnectWatcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof Asked) {
                watcher.nameAsked();
            } else if (event instanceof Found found) {
                watcher.nameFound(found);
            } else {
                ctx.fireUserEventTriggered(event);
            }
        }
    }
}
