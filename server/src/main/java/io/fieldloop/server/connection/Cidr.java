package io.fieldloop.server.connection;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network such as {@code 10.0.0.0/8}, {@code fd00::/8} or a single address. */
public record Cidr(InetAddress network, int prefixBits) {
    /** Reads the usual notation; never resolves a name. */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        byte @Nullable [] address =
                NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw bad(text, "it does not begin with an IP address");
        }
        int bits = address.length * 8;
        int prefix = slash < 0 ? bits : prefix(text, text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw bad(text, "its prefix length must be 0 to " + bits);
        }
        return new Cidr(address(address), prefix);
    }

    /** The address of 4 or 16 bytes. */
    public static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address has 4 or 16 bytes, and not " + bytes.length, e);
        }
    }

    public boolean contains(InetAddress candidate) {
        byte[] mine = network.getAddress();
        byte[] other = candidate.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the address is in one of the networks. */
    static boolean anyContains(List<Cidr> networks, InetAddress address) {
        for (Cidr network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return NetUtil.toAddressString(network) + "/" + prefixBits;
    }

    private static int prefix(String text, String digits) {
        if (!digits.matches("\\d{1,3}")) {
            throw bad(text, "what follows the slash must be a number");
        }
        return Integer.parseInt(digits);
    }

    private static GatewayConfigException bad(String text, String why) {
        return new GatewayConfigException(
                "\"" + text + "\" is no network: " + why + "; write it as 10.0.0.0/8 or fd00::/8.");
    }
}
