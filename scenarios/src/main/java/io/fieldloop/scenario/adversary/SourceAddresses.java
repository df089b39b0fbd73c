package io.fieldloop.scenario.adversary;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The loopback addresses adversaries come from: 127.66.0.1 to 127.66.255.254, by number. */
public final class SourceAddresses {
    /** How many there are; .0 and .255 stay unused, since some stacks treat them as network and broadcast. */
    public static final int COUNT = 256 * 254;

    private SourceAddresses() {}

    /** The address with this number, from 0 and below {@link #COUNT}. */
    public static InetAddress get(int number) {
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException("source " + number + " is not in 0.." + (COUNT - 1));
        }
        try {
            return InetAddress.getByAddress(new byte[] {127, 66, (byte) (number / 254), (byte) (1 + number % 254)});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }
}
