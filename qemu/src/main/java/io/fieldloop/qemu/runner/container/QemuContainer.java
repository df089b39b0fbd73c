package io.fieldloop.qemu.runner.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.WaitResponse;
import io.fieldloop.qemu.runner.EmulationException;
import io.fieldloop.qemu.runner.Owner;
import io.fieldloop.qemu.runner.QemuHandle;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A QEMU that is the one process of a container. The container is on the host's network and sees the host's directories at their own
 * paths, so that the command line is the one a process would get.
 */
public final class QemuContainer implements QemuHandle {
    /** The machine's marker. */
    static final String RUN_LABEL = "io.fieldloop.run";

    /** Whose it is, as {@link Owner} writes it. */
    public static final String OWNER_LABEL = "io.fieldloop.owner";

    private static final int LOG_LINES = 50;
    private static final int LOG_SECONDS_MAX = 5;

    private final DockerClient client;
    private final String id;
    private final CompletableFuture<Exit> exit = new CompletableFuture<>();

    private QemuContainer(DockerClient client, String id) {
        this.client = client;
        this.id = id;
    }

    static QemuContainer start(
            DockerEngine engine, String image, String marker, List<String> command, Collection<Path> shared) {
        DockerClient client = engine.client();
        try {
            CreateContainerCmd create = client.createContainerCmd(image)
                    .withName(marker)
                    .withEnv("HOME=/tmp")
                    .withLabels(Map.of(
                            RUN_LABEL, marker, OWNER_LABEL, Owner.current().toString()))
                    .withHostConfig(host(shared));
            engine.user().ifPresent(create::withUser);
            if (isQemuItself(client, image)) {
                create.withEntrypoint(command);
            } else {
                create.withCmd(command);
            }
            QemuContainer container = new QemuContainer(client, create.exec().getId());
            container.run();
            return container;
        } catch (DockerException refused) {
            throw new EmulationException(
                    "Docker does not start a container of " + image + " (" + DockerWords.of(refused) + ").", refused);
        }
    }

    /** Such an image would take the command's first word for an argument; other entrypoints set up what the command needs. */
    private static boolean isQemuItself(DockerClient client, String image) {
        ContainerConfig config = client.inspectImageCmd(image).exec().getConfig();
        String[] entrypoint = config == null ? null : config.getEntrypoint();
        return entrypoint != null && String.join(" ", entrypoint).contains("qemu-system-");
    }

    /** Sockets must be usable across the container's border where SELinux guards it. */
    private static HostConfig host(Collection<Path> shared) {
        return HostConfig.newHostConfig()
                .withNetworkMode("host")
                .withSecurityOpts(List.of("label=disable"))
                .withMounts(shared.stream()
                        .map(path -> new Mount()
                                .withType(MountType.BIND)
                                .withSource(path.toString())
                                .withTarget(path.toString()))
                        .toList());
    }

    private void run() {
        try {
            client.startContainerCmd(id).exec();
        } catch (DockerException refused) {
            destroy();
            throw refused;
        }
        client.waitContainerCmd(id).exec(new Waiting());
    }

    @Override
    public CompletableFuture<Exit> exit() {
        return exit;
    }

    @Override
    public void terminate() {
        inBackground(() -> client.killContainerCmd(id).withSignal("TERM").exec());
    }

    @Override
    public void kill() {
        inBackground(() -> client.killContainerCmd(id).exec());
    }

    @Override
    public void destroy() {
        try {
            client.removeContainerCmd(id).withForce(true).exec();
        } catch (DockerException goneAlready) {
            return;
        }
    }

    /** Docker's answers take their time, and a container that is gone already is what was wanted. */
    private static void inBackground(Runnable request) {
        Runnable quiet = () -> {
            try {
                request.run();
            } catch (DockerException goneAlready) {
                return;
            }
        };
        new DefaultThreadFactory("qemu-container", true).newThread(quiet).start();
    }

    private void ended(@Nullable Integer status) {
        Exit last = new Exit(status, output());
        destroy();
        exit.complete(last);
    }

    private String output() {
        StringBuilder output = new StringBuilder();
        try {
            client.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(LOG_LINES)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            output.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                        }
                    })
                    .awaitCompletion(LOG_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (DockerException gone) {
            return "";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return output.toString();
    }

    /**
     * Told by Docker that the container has ended. The client's thread that tells it is interrupted when that is done, so what is left to
     * do is done on another.
     */
    private final class Waiting extends ResultCallback.Adapter<WaitResponse> {
        private final AtomicBoolean told = new AtomicBoolean();
        private volatile @Nullable Integer status;

        @Override
        public void onNext(WaitResponse response) {
            status = response.getStatusCode();
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (told.compareAndSet(false, true)) {
                inBackground(() -> ended(status));
            }
        }
    }
}
