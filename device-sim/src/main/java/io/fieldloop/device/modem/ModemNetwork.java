package io.fieldloop.device.modem;

import io.fieldloop.device.tls.TlsClientConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;

/** What a modem reaches the world by; both ways out fail as the device's own would. */
public interface ModemNetwork {

    ChannelFuture stream(String host, int port, ChannelHandler pipeline);

    ChannelFuture datagrams(String host, int port, ChannelHandler pipeline);

    /** The TLS client inside the modem. */
    TlsClientConfig tls(String host);

    /** Where Ethernet frames go that the device sends over a line of a network card. */
    default PacketNetwork frames() {
        return PacketNetwork.NONE;
    }

    /** Where packets go that the device sends itself, by PPP. */
    default PacketNetwork packets() {
        return PacketNetwork.NONE;
    }
}
