package io.fieldloop.server.admin;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Judges the Host header, so that a web site cannot read this listener through a name it made point to loopback.
 *
 * <p>Such DNS rebinding needs a name, so beyond loopback any literal address is answered, and names only when they are configured.
 */
final class HostGuard {
    private final AdminConfig config;

    HostGuard(AdminConfig config) {
        this.config = config;
    }

    boolean admits(@Nullable String hostHeader) {
        if (hostHeader == null) {
            return false;
        }
        String host = withoutPort(hostHeader.trim()).toLowerCase(Locale.ROOT);
        byte @Nullable [] address = NetUtil.createByteArrayFromIpAddressString(host);
        if (address != null) {
            return config.beyondLoopback() || isLoopback(address);
        }
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || config.hostNames().contains(host);
    }

    private static String withoutPort(String host) {
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end < 0 ? host : host.substring(1, end);
        }
        int colon = host.lastIndexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    private static boolean isLoopback(byte[] address) {
        try {
            return InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError("The address has a length other than 4 or 16", e);
        }
    }
}
