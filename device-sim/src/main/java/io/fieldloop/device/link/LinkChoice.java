package io.fieldloop.device.link;

import java.net.InetSocketAddress;

/** Says which link a client of a proxy is behind; asked on the proxy's loop, on which every link it gives must be. */
@FunctionalInterface
public interface LinkChoice {
    Link of(InetSocketAddress client);
}
