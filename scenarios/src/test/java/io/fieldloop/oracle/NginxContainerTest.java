package io.fieldloop.oracle;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Tag;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * nginx in a container of its own image, on the host's network: it sees the gateway at 127.0.0.1 and the run's files at their own paths, so
 * that its configuration is the one a process gets.
 */
@Tag("docker")
class NginxContainerTest extends NginxContract {
    private static final String IMAGE = "fieldloop/nginx:test";

    @Override
    void assumeInstalled() {
        assumeTrue(
                System.getProperty("os.name").equals("Linux"),
                "containers share this machine's loopback on Linux only");
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker engine answers");
        try {
            // Kept for the next run; Docker knows the layers that have not changed.
            new ImageFromDockerfile(IMAGE, false)
                    .withDockerfile(OutsideProgram.resource("nginx/Dockerfile"))
                    .get();
        } catch (RuntimeException e) {
            abort("the image of nginx cannot be built here: " + e);
        }
    }

    @Override
    AutoCloseable start(NginxSite site) {
        String directory = site.directory().toString();
        GenericContainer<?> nginx = new GenericContainer<>(IMAGE)
                .withNetworkMode("host")
                .withFileSystemBind(directory, directory, BindMode.READ_WRITE)
                .withCommand("-p", directory, "-c", site.file().toString(), "-e", "stderr")
                .waitingFor(
                        Wait.forLogMessage(".*start worker process .*", 1).withStartupTimeout(OutsideProgram.DEADLINE));
        nginx.start();
        return nginx;
    }
}
