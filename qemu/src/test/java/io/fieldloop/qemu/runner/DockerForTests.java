package io.fieldloop.qemu.runner;

import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import io.fieldloop.qemu.runner.container.DockerEngine;
import io.fieldloop.qemu.runner.container.ImageStore;
import io.fieldloop.qemu.runner.container.QemuContainer;
import java.util.List;

/** The Docker that tests use, or the reason to skip them. */
final class DockerForTests {
    private DockerForTests() {}

    static DockerEngine assumeEngine() {
        try {
            return DockerEngine.find();
        } catch (EmulationException none) {
            return abort(none.sentence());
        }
    }

    /** What builds have left of the images they took only some files of. */
    static List<String> stages() {
        return DockerEngine.find().client().listImagesCmd().withLabelFilter(ImageStore.STAGE_LABEL).exec().stream()
                .map(Image::getId)
                .toList();
    }

    /** The machines of this process that Docker knows of, running or not. */
    static List<Container> ownContainers() {
        return DockerEngine.find().client().listContainersCmd().withShowAll(true).exec().stream()
                .filter(container ->
                        Owner.current().toString().equals(container.getLabels().get(QemuContainer.OWNER_LABEL)))
                .toList();
    }
}
