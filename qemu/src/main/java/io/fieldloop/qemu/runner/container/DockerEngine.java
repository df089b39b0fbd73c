package io.fieldloop.qemu.runner.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import io.fieldloop.qemu.runner.EmulationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/**
 * The Docker of this computer, found as Testcontainers finds it.
 *
 * <p>Of Testcontainers only its search for an engine is used, and its client: its own start-up would run a second container that cleans
 * up (and its image would have to be pulled) and, where {@code /.dockerenv} exists, a third one to learn the host's address. Cleaning up
 * is done here, by hook and by sweep, and QEMU is on the host's network; so nothing has to be set for either.
 *
 * @param user under which QEMU runs, so that its sockets can be used from outside; empty where Docker itself has no other
 */
public record DockerEngine(DockerClient client, Optional<String> user) {
    private static final Path USUAL_SOCKET = Path.of("/var/run/docker.sock");

    /** Takes about a second. */
    public static DockerEngine find() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            throw new EmulationException(
                    "QEMU in a container shares sockets and loopback with this computer, which works"
                            + " on Linux only; run Fieldloop on Linux, or QEMU as a process.");
        }
        DockerClientProviderStrategy strategy = strategy();
        Info info = strategy.getInfo();
        String host = strategy.getTransportConfig().getDockerHost().toString();
        if (!host.startsWith("unix:")
                || String.valueOf(info.getOperatingSystem()).contains("Docker Desktop")) {
            throw new EmulationException("the Docker at " + host + " runs on another machine, real or virtual, which"
                    + " shares no sockets with this one; use a Docker engine of this computer, or QEMU as a process.");
        }
        return new DockerEngine(strategy.getDockerClient(), user(info));
    }

    private static DockerClientProviderStrategy strategy() {
        List<DockerClientProviderStrategy> known = new ArrayList<>();
        ServiceLoader.load(DockerClientProviderStrategy.class).forEach(known::add);
        try {
            return DockerClientProviderStrategy.getFirstValidStrategy(known);
        } catch (IllegalStateException none) {
            throw new EmulationException(
                    Files.exists(USUAL_SOCKET) && !Files.isWritable(USUAL_SOCKET)
                            ? "Docker's socket " + USUAL_SOCKET + " may not be used by this user; join the group that"
                                    + " owns it (usually docker)."
                            : "no Docker engine answers; install or start one (Debian, Ubuntu: apt-get install docker.io).",
                    none);
        }
    }

    /** In rootless Docker the container's root is this user, and any other is somebody else. */
    private static Optional<String> user(Info info) {
        List<String> options = info.getSecurityOptions();
        if (options != null && options.stream().anyMatch(option -> option.contains("rootless"))) {
            return Optional.empty();
        }
        try {
            Path self = Path.of("/proc/self");
            return Optional.of(Files.getAttribute(self, "unix:uid") + ":" + Files.getAttribute(self, "unix:gid"));
        } catch (IOException | UnsupportedOperationException unknown) {
            return Optional.empty();
        }
    }
}
