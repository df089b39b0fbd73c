package io.fieldloop.server.tls;

import io.fieldloop.server.fault.TlsFault;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;

/** Speaks TLS on connections whose ClientHello is known, with the chains it was made with. */
interface TlsEngine {
    /**
     * Puts its handlers right behind this context; they will see the ClientHello next.
     *
     * @param faults those that only an engine can act out are its own; BoringSSL has none
     */
    void install(ChannelHandlerContext behind, ClientHello hello, List<TlsFault> faults, TlsObserver observer);
}
