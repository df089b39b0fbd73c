package io.fieldloop.scenario.junit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import io.fieldloop.server.GatewayConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.DockerStatus;
import org.testcontainers.utility.MountableFile;

/**
 * Fieldloop's image as a container: the gateway for clients of one's own, or one run of scenarios.
 *
 * <p>{@code scenarios/image} makes the image. A device learns ports from OTA answers and hellos, and which ones Docker forwards is known
 * only once the container runs; so the gateway begins when it has been told them.
 */
public final class FieldloopContainer extends GenericContainer<FieldloopContainer> {
    private static final int WS = 8000;
    private static final int MQTT = 1883;
    private static final int OTA = 8002;
    private static final int ADMIN = 8080;
    private static final ExposedPort VOICE = ExposedPort.udp(8884);
    private static final Duration RUN_MAX = Duration.ofMinutes(30);
    private static final String TOLD = "/tmp/fieldloop-told";
    private static final String RESULTS = "/work/target/fieldloop";

    private static final String SERVE =
            "until [ -f " + TOLD + " ]; do sleep 0.05; done; exec fieldloop serve --host 0.0.0.0 --ws " + WS + " --ota "
                    + OTA + " --admin " + ADMIN + " --admin-host 0.0.0.0 $(cat " + TOLD + ") \"$@\"";

    private boolean mqtt = true;
    private boolean serves = true;

    /** The gateway, once started; {@link #running} makes it a run. */
    public FieldloopContainer(String image) {
        this(DockerImageName.parse(image));
    }

    /** The same by an image's name as Testcontainers has it. */
    public FieldloopContainer(DockerImageName image) {
        super(image);
        withExposedPorts(WS, MQTT, OTA, ADMIN);
        withCreateContainerCmdModifier(this::begin);
        waitingFor(Wait.forHttp("/healthz").forPort(ADMIN));
    }

    /** Without a broker, so that OTA answers send devices to the WebSocket; of firmware that is told of both, most takes the broker. */
    public FieldloopContainer overWebSocket() {
        mqtt = false;
        withExposedPorts(WS, OTA, ADMIN);
        return this;
    }

    /** More options of {@code fieldloop serve}, such as {@code --stance compat}. */
    public FieldloopContainer withOptions(String... options) {
        return withCommand(options);
    }

    /**
     * Runs {@code fieldloop run} with these words instead, and counts as started when that is over: {@link #exitCode} says how it ended.
     * Half an hour is allowed, unless another {@code withStartupCheckStrategy} follows.
     */
    public FieldloopContainer running(String... words) {
        serves = false;
        setExposedPorts(new ArrayList<>());
        waitingFor(Wait.defaultWaitStrategy());
        withStartupCheckStrategy(new Ended().withTimeout(RUN_MAX));
        return withCommand(Stream.concat(Stream.of("run"), Stream.of(words)).toArray(String[]::new));
    }

    /** Takes a file or folder of one's own along, for {@link #running} by its own name. */
    public FieldloopContainer withScenarios(Path path) {
        return withCopyFileToContainer(
                MountableFile.forHostPath(path),
                "/work/" + path.toAbsolutePath().getFileName());
    }

    private void begin(CreateContainerCmd command) {
        if (!serves) {
            return;
        }
        List<ExposedPort> ports = new ArrayList<>(List.of(Objects.requireNonNull(command.getExposedPorts())));
        ports.add(VOICE);
        command.withExposedPorts(ports);
        Ports bindings = Objects.requireNonNull(command.getHostConfig()).getPortBindings();
        Objects.requireNonNull(bindings).bind(VOICE, Ports.Binding.empty());
        command.withEntrypoint("sh", "-c", SERVE, "serve");
    }

    @Override
    protected void containerIsStarting(InspectContainerResponse container) {
        if (serves) {
            String told = "--advertise ws=" + getMappedPort(WS);
            if (mqtt) {
                told += " --mqtt " + MQTT + " --advertise mqtt=" + getMappedPort(MQTT) + " --udp " + VOICE.getPort()
                        + " --udp-host " + getHost() + " --advertise udp=" + voicePort(container);
            }
            copyFileToContainer(Transferable.of(told), TOLD);
        }
    }

    private static String voicePort(InspectContainerResponse container) {
        Ports.Binding[] bound =
                container.getNetworkSettings().getPorts().getBindings().get(VOICE);
        return Objects.requireNonNull(bound, "Docker forwards no port to " + VOICE)[0].getHostPortSpec();
    }

    /** Where a device opens its WebSocket. */
    public String webSocketUrl() {
        return "ws://" + at(WS) + GatewayConfig.PATH;
    }

    /** Where a device finds the broker. */
    public String mqttUrl() {
        return "mqtt://" + at(MQTT);
    }

    /** What is entered into a device; the answer sends it to the broker, or {@link #overWebSocket} to the WebSocket. */
    public String otaUrl() {
        return "http://" + at(OTA) + "/xiaozhi/ota/";
    }

    /** The admin listener: {@code sessions}, {@code refusals}, {@code metrics} and more below it. */
    public String adminUrl() {
        return "http://" + at(ADMIN) + "/";
    }

    private String at(int port) {
        return getHost() + ":" + getMappedPort(port);
    }

    /** How the run ended: 0 all passed, 1 an expectation failed, 2 nothing can be concluded. */
    public long exitCode() {
        return Objects.requireNonNull(getCurrentContainerInfo().getState().getExitCodeLong());
    }

    /** Copies what the run left, as it lies in {@code target/fieldloop}; before the container is stopped. */
    public void copyReports(Path folder) {
        try (InputStream archive = getDockerClient()
                        .copyArchiveFromContainerCmd(getContainerId(), RESULTS)
                        .exec();
                TarArchiveInputStream files = new TarArchiveInputStream(archive, StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                copy(entry, files, folder.normalize());
            }
        } catch (IOException e) {
            throw new IllegalStateException("The reports could not be copied to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** All but links: the one there names the newest run. */
    private static void copy(TarArchiveEntry entry, InputStream bytes, Path folder) throws IOException {
        Path name = Path.of(entry.getName());
        Path file = folder.resolve(name.subpath(0, 1).relativize(name)).normalize();
        if (entry.isFile() && file.startsWith(folder)) {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A run is over when its container is, whatever came of it. */
    private static final class Ended extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient client, String container) {
            return DockerStatus.isContainerStopped(getCurrentState(client, container))
                    ? StartupStatus.SUCCESSFUL
                    : StartupStatus.NOT_YET_KNOWN;
        }
    }
}
