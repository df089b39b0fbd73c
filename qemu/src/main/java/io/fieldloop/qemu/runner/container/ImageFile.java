package io.fieldloop.qemu.runner.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.fieldloop.qemu.runner.EmulationException;
import io.fieldloop.qemu.runner.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** One file of a container image. Docker gives files of containers only, so there is one for a moment; it never runs. */
record ImageFile(DockerClient client, String image, String path) {

    void copyTo(Path target) {
        String container = client.createContainerCmd(image)
                .withLabels(Map.of(QemuContainer.OWNER_LABEL, Owner.current().toString()))
                .withCmd("never-run")
                .exec()
                .getId();
        try (TarArchiveInputStream archive = new TarArchiveInputStream(
                client.copyArchiveFromContainerCmd(container, path).exec())) {
            archive.getNextEntry();
            Files.copy(archive, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (NotFoundException missing) {
            throw new EmulationException(
                    "the container image " + image + " has no " + path + "; name a firmware with --firmware.", missing);
        } catch (IOException | DockerException failed) {
            throw new EmulationException(
                    path + " cannot be copied out of the container image " + image + " (" + DockerWords.of(failed)
                            + ").",
                    failed);
        } finally {
            client.removeContainerCmd(container).withForce(true).exec();
        }
    }
}
