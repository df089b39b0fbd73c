package io.fieldloop.scenario.cli.serve;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** The addresses of this machine that a device on the same network can call. */
final class LocalAddresses {
    private LocalAddresses() {}

    /** Where devices reach what listens on this address: itself, or for a wildcard all IPv4 addresses beyond loopback. */
    static List<String> reachable(InetAddress bound) {
        if (!bound.isAnyLocalAddress()) {
            return List.of(NetUtil.toAddressString(bound));
        }
        try {
            // IPv4 only: the firmware resolves and dials nothing else.
            List<String> all = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .sorted()
                    .toList();
            return all.isEmpty() ? List.of("127.0.0.1") : all;
        } catch (SocketException unreadable) {
            return List.of("127.0.0.1");
        }
    }
}
