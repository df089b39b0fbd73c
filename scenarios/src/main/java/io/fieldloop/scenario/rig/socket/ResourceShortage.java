package io.fieldloop.scenario.rig.socket;

import com.sun.management.UnixOperatingSystemMXBean;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.server.connection.GatewayConfigException;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Tells what this machine ran out of from what failed: that is neither the device's failure nor the gateway's. */
public final class ResourceShortage {
    private static final int CAUSES_MAX = 10;
    /** So close to the limit that opening a class file or a socket fails. */
    private static final int FILES_SPARE = 4;

    private ResourceShortage() {}

    /**
     * One sentence about what is short; empty when the failure has another cause.
     *
     * <p>The system has the same words for a port that none is left of and for an address that is not its own.
     */
    public static Optional<RigException> in(Throwable failure) {
        Throwable cause = failure;
        boolean listening = false;
        for (int i = 0; cause != null && i < CAUSES_MAX; i++, cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            listening |= cause instanceof GatewayConfigException;
            if (cause instanceof OutOfMemoryError) {
                return Optional.of(noMemory());
            }
            // The words are the system's, errno by errno; every transport and the JDK put them into their messages.
            if (text.contains("Too many open files")) {
                return Optional.of(noFiles());
            } else if (text.contains("Cannot assign requested address") && !listening) {
                return Optional.of(noPorts());
            } else if (text.contains("Cannot allocate memory") || text.contains("No buffer space available")) {
                return Optional.of(new RigException("This machine has no memory left for another socket (" + text
                        + "); end other programs, or run fewer devices."));
            }
        }
        return filesAreUsedUp() ? Optional.of(noFiles()) : Optional.empty();
    }

    private static RigException noMemory() {
        return new RigException("Java's heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB is too small for what was asked; give it more (java -Xmx2g -jar ...), or less to do: fewer devices, a"
                + " smaller file.");
    }

    private static RigException noPorts() {
        return new RigException("No local port was left for another connection (net.ipv4.ip_local_port_range); wait a"
                + " minute for old ones to be freed, or run fewer devices.");
    }

    private static RigException noFiles() {
        return new RigException("No file descriptor was left for another socket: this process may have "
                + filesMax().map(String::valueOf).orElse("no more")
                + "; raise the limit (ulimit -n), or run fewer scenarios or devices.");
    }

    /** A class that could not be loaded for want of a file descriptor does not say so. */
    private static boolean filesAreUsedUp() {
        try {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                    && system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() <= FILES_SPARE;
        } catch (InternalError noneLeftToCountThem) {
            // JDK 17 counts by reading a directory.
            return true;
        }
    }

    private static Optional<Long> filesMax() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? Optional.of(system.getMaxFileDescriptorCount())
                : Optional.empty();
    }
}
