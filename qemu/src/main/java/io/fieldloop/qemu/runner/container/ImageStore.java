package io.fieldloop.qemu.runner.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.Image;
import io.fieldloop.qemu.runner.EmulationException;
import io.fieldloop.qemu.runner.LastLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gets images: as they are, from a registry, or built. Blocks, for minutes when something has to be built. */
public final class ImageStore {
    private static final int BUILD_MINUTES_MAX = 30;
    private static final int PULL_MINUTES_MAX = 60;

    /** On images of which a build keeps only some files; its value is the folder that is built. */
    public static final String STAGE_LABEL = "io.fieldloop.build-stage";

    private final DockerClient client;
    private final Consumer<String> progress;

    /** @param progress told what is being waited for */
    ImageStore(DockerClient client, Consumer<String> progress) {
        this.client = client;
        this.progress = progress;
    }

    /** The name of an image that is there now. */
    String provide(ContainerImage image) {
        if (image instanceof ContainerImage.Named named) {
            if (!exists(named.reference())) {
                progress.accept("pulling " + named.reference() + " (only this once)");
                pull(named.reference());
            }
            return named.reference();
        }
        String folderName = ((ContainerImage.Built) image).folder();
        ClassPathFolder folder = ClassPathFolder.of(folderName, "Dockerfile");
        String tag = "fieldloop/" + folderName + ":" + folder.hash();
        if (!exists(tag)) {
            progress.accept("building the container image " + tag + " (only this once)");
            build(folder, tag);
            removeStagesOf(folderName);
        }
        return tag;
    }

    private boolean exists(String reference) {
        try {
            client.inspectImageCmd(reference).exec();
            return true;
        } catch (NotFoundException missing) {
            return false;
        }
    }

    private void pull(String reference) {
        try {
            boolean done = client.pullImageCmd(reference)
                    .exec(new PullImageResultCallback())
                    .awaitCompletion(PULL_MINUTES_MAX, TimeUnit.MINUTES);
            if (done && exists(reference)) {
                return;
            }
        } catch (DockerException | DockerClientException refused) {
            throw missing(reference, refused.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        throw missing(reference, "it did not come within " + PULL_MINUTES_MAX + " min");
    }

    private static EmulationException missing(String reference, @Nullable String why) {
        return new EmulationException(
                "the container image " + reference + " is not on this computer and cannot be pulled ("
                        + DockerWords.of(why) + "); pull or build it, or name another with --image.");
    }

    private void build(ClassPathFolder folder, String tag) {
        LastLines output = new LastLines();
        try {
            Path context = Files.createTempDirectory("fieldloop-image");
            try {
                folder.copyTo(context);
                client.buildImageCmd(context.resolve("Dockerfile").toFile())
                        .withBaseDirectory(context.toFile())
                        .withTags(Set.of(tag))
                        .exec(new Keeping(output))
                        .awaitImageId(BUILD_MINUTES_MAX, TimeUnit.MINUTES);
            } finally {
                delete(context);
            }
        } catch (IOException | DockerException | DockerClientException failed) {
            throw new EmulationException(
                    "the container image " + tag + " cannot be built (" + DockerWords.of(failed) + "; "
                            + DockerWords.of(String.join(" / ", output.list()))
                            + "); see to that, or name an image with --image.",
                    failed);
        }
    }

    /** They are the builder's cache, too, but what is built here is built once. */
    private void removeStagesOf(String folderName) {
        for (Image stage : client.listImagesCmd()
                .withDanglingFilter(true)
                .withLabelFilter(Map.of(STAGE_LABEL, folderName))
                .exec()) {
            try {
                client.removeImageCmd(stage.getId()).exec();
            } catch (DockerException inUse) {
                // Somebody else is building.
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Keeps the build's last lines, for when it fails. */
    private static final class Keeping extends BuildImageResultCallback {
        private final LastLines output;

        Keeping(LastLines output) {
            this.output = output;
        }

        @Override
        public void onNext(BuildResponseItem item) {
            String stream = item.getStream();
            if (stream != null && !stream.isBlank()) {
                output.add(stream.strip());
            }
            super.onNext(item);
        }
    }
}
