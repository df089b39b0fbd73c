package io.fieldloop.scenario.adversary;

import io.netty.channel.local.LocalAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says where hostile traffic may go: to this machine's loopback or into the virtual rig, and nowhere else. */
public final class TargetPolicy {
    private TargetPolicy() {}

    /** One sentence why {@code target} is refused, or nothing when it is allowed. */
    public static Optional<String> refusal(@Nullable SocketAddress target) {
        if (target instanceof LocalAddress) {
            return Optional.empty();
        }
        if (target instanceof InetSocketAddress internet
                && !internet.isUnresolved()
                && internet.getAddress().isLoopbackAddress()) {
            return Optional.empty();
        }
        return Optional.of("adversaries send only to loopback (127.0.0.0/8 or ::1) and to the virtual rig, not to "
                + inWords(target) + ": run the gateway on this machine");
    }

    /** Throws the refusal as an {@link AdversaryConfigException}. */
    public static void requireAllowed(@Nullable SocketAddress target) {
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
