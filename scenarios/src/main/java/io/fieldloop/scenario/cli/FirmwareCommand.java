package io.fieldloop.scenario.cli;

import io.fieldloop.qemu.flash.FlashImageException;
import io.fieldloop.qemu.flash.FlashInspection;
import io.fieldloop.scenario.cli.option.CliException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fieldloop firmware}: what can be done with a firmware image by itself. */
@Command(
        name = "firmware",
        description = "Looks at firmware images, makes and boots one.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {FirmwareCommand.Inspect.class, FirmwareRunCommand.class, FirmwareFlashCommand.class})
final class FirmwareCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Without a subcommand there is nothing to do but to say which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Main.NOTHING_CONCLUDED;
    }

    /** {@code fieldloop firmware inspect IMAGE}: explains an image, or names its defect. */
    @Command(
            name = "inspect",
            description = "Explains a flash image or an app image; secrets are masked. Exit code 0: it is sound; 2: it"
                    + " is not.",
            mixinStandardHelpOptions = true)
    static final class Inspect implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Parameters(paramLabel = "IMAGE", description = "A merged flash image, or an app image such as xiaozhi.bin.")
        @SuppressWarnings("NullAway.Init") // required
        private Path image;

        @Override
        public Integer call() {
            FlashInspection inspection;
            try {
                inspection = FlashInspection.of(image);
            } catch (FlashImageException defect) {
                throw new CliException(String.valueOf(defect.getMessage()));
            }
            inspection.lines().forEach(spec.commandLine().getOut()::println);
            return 0;
        }
    }
}
