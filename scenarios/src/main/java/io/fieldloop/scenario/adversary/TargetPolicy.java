package io.fieldloop.scenario.adversary;

import io.netty.channel.local.LocalAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says where hostile traffic may go. */
public enum TargetPolicy {
    /** To this machine's loopback or into the virtual rig. */
    LOOPBACK("loopback (127.0.0.0/8 or ::1) and to the virtual rig", "run the gateway on this machine"),
    /** Also to networks that nobody can reach from outside (RFC 1918, RFC 4193, link-local). */
    PRIVATE("loopback and private networks", "say --i-own-this-host if it is yours"),
    /** Anywhere: somebody has said that the host is his. */
    OWNED("addresses", "resolve the name first");

    private static final int UNIQUE_LOCAL = 0xFC;
    private static final int UNIQUE_LOCAL_MASK = 0xFE;

    private final String allowed;
    private final String advice;

    TargetPolicy(String allowed, String advice) {
        this.allowed = allowed;
        this.advice = advice;
    }

    /** One sentence why {@code target} is refused, or nothing when it is allowed. */
    public Optional<String> refusal(@Nullable SocketAddress target) {
        if (target instanceof LocalAddress) {
            return Optional.empty();
        }
        if (target instanceof InetSocketAddress internet && !internet.isUnresolved() && allows(internet.getAddress())) {
            return Optional.empty();
        }
        return Optional.of("adversaries send only to " + allowed + ", not to " + inWords(target) + ": " + advice);
    }

    private boolean allows(InetAddress address) {
        return switch (this) {
            case LOOPBACK -> address.isLoopbackAddress();
            case PRIVATE -> address.isLoopbackAddress() || isPrivate(address);
            case OWNED -> true;
        };
    }

    private static boolean isPrivate(InetAddress address) {
        boolean uniqueLocal =
                address instanceof Inet6Address && (address.getAddress()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
        return address.isSiteLocalAddress() || address.isLinkLocalAddress() || uniqueLocal;
    }

    /** Throws the refusal as an {@link AdversaryConfigException}. */
    public void requireAllowed(@Nullable SocketAddress target) {
        refusal(target).ifPresent(sentence -> {
            throw new AdversaryConfigException(sentence);
        });
    }

    private static String inWords(@Nullable SocketAddress target) {
        if (target instanceof InetSocketAddress internet) {
            return internet.isUnresolved()
                    ? "the unresolved name " + internet.getHostString()
                    : internet.getAddress().getHostAddress();
        }
        return target == null ? "an unknown address" : target.toString();
    }
}
