package io.fieldloop.qemu.runner.container;

import io.fieldloop.qemu.machine.QemuCommandLine;
import io.fieldloop.qemu.runner.BootCheck;
import io.fieldloop.qemu.runner.Emulation;
import io.fieldloop.qemu.runner.EmulationConfig;
import io.fieldloop.qemu.runner.EmulationException;
import io.fieldloop.qemu.runner.EmulationLimits;
import io.fieldloop.qemu.runner.EmulationListener;
import io.fieldloop.qemu.runner.Emulator;
import io.fieldloop.qemu.runner.Launch;
import io.fieldloop.qemu.runner.ProcessSweep;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Runs machines in Docker containers, all of one image. Linux only: the containers share the host's network and sockets.
 *
 * <p>A boot medium that is not on this computer is taken to be in the image. Paths must be absolute.
 */
public final class ContainerEmulator implements Emulator {
    private final EmulationLimits limits;
    private final CompletableFuture<Prepared> prepared = new CompletableFuture<>();

    public ContainerEmulator(ContainerImage image, Consumer<String> progress) {
        this(image, progress, EmulationLimits.usual());
    }

    /**
     * Begins to look for Docker, to remove what a killed run left behind, and to get the image.
     *
     * @param progress told, on some thread, what takes long: the image's pull or build
     */
    public ContainerEmulator(ContainerImage image, Consumer<String> progress, EmulationLimits limits) {
        this.limits = limits;
        new DefaultThreadFactory("qemu-image", true)
                .newThread(() -> prepare(image, progress))
                .start();
    }

    /** Completes with the image's name when machines can be started; fails with an {@link EmulationException}. */
    public CompletableFuture<String> ready() {
        CompletableFuture<String> name = new CompletableFuture<>();
        prepared.whenComplete((done, failure) -> {
            if (failure == null) {
                name.complete(done.image());
            } else {
                name.completeExceptionally(failure);
            }
        });
        return name;
    }

    @Override
    public CompletableFuture<Emulation> start(EmulationConfig config, EmulationListener listener) {
        return prepared.thenCompose(with -> Launch.of(config, listener, limits, control -> {
            BootCheck.flashSizeFits(config.machine(), config.boot());
            List<String> command = QemuCommandLine.of(
                    config.machine().qemu(),
                    control.marker(),
                    config.machine(),
                    config.boot(),
                    control.sockets(),
                    config.network(),
                    config.recording());
            return QemuContainer.start(
                    with.engine(), with.image(), control.marker(), command, SharedPaths.of(config, control));
        }));
    }

    /**
     * Copies a file out of the image; blocks until that is done, or until it is known that the image cannot be had.
     *
     * @param pathInImage for instance {@code /firmware/lx60.elf}
     */
    public void copyOut(String pathInImage, Path target) {
        try {
            Prepared with = prepared.join();
            new ImageFile(with.engine().client(), with.image(), pathInImage).copyTo(target);
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof EmulationException sentence ? sentence : failed;
        }
    }

    private void prepare(ContainerImage image, Consumer<String> progress) {
        try {
            DockerEngine engine = DockerEngine.find();
            ContainerSweep.run(engine.client());
            ProcessSweep.run();
            prepared.complete(new Prepared(engine, new ImageStore(engine.client(), progress).provide(image)));
        } catch (RuntimeException failed) {
            prepared.completeExceptionally(
                    failed instanceof EmulationException
                            ? failed
                            : new EmulationException("Docker fails (" + DockerWords.of(failed) + ").", failed));
        }
    }

    /** What all containers have in common. */
    private record Prepared(DockerEngine engine, String image) {}
}
