package io.fieldloop.server.tls;

import io.netty.channel.ChannelHandlerContext;

/** Speaks TLS on connections whose ClientHello is known, with the chains it was made with. */
interface TlsEngine {
    /** Puts its handlers right behind this context; they will see the ClientHello next. */
    void install(ChannelHandlerContext behind, ClientHello hello, TlsObserver observer);
}
