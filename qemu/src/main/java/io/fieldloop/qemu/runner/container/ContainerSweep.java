package io.fieldloop.qemu.runner.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import io.fieldloop.qemu.runner.Owner;
import java.util.List;

/** Removes containers whose owner was killed. */
final class ContainerSweep {
    private ContainerSweep() {}

    static void run(DockerClient client) {
        for (Container container : client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(QemuContainer.OWNER_LABEL))
                .exec()) {
            String owner = container.getLabels().getOrDefault(QemuContainer.OWNER_LABEL, "");
            if (Owner.parse(owner).filter(Owner::isGone).isPresent()) {
                remove(client, container);
            }
        }
    }

    private static void remove(DockerClient client, Container container) {
        try {
            client.removeContainerCmd(container.getId()).withForce(true).exec();
        } catch (DockerException anotherSweepWasFaster) {
            return;
        }
    }
}
