package io.fieldloop.scenario.cli;

import io.fieldloop.device.link.profile.LinkKey;
import io.fieldloop.device.link.profile.LinkProfileException;
import io.fieldloop.device.link.profile.LinkProfiles;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.Version;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fieldloop link}: what a preset of a link sets, and on whose authority. */
@Command(
        name = "link",
        description = "Shows the settings of a link preset and the source of each; without a name, lists the presets.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class LinkCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PRESET", arity = "0..1", description = "A name such as cat1-typical.")
    private @Nullable String preset;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (preset == null) {
            LinkProfiles.names()
                    .forEach(name -> out.printf(Locale.ROOT, "  %-18s  %s%n", name, LinkProfiles.summary(name)));
            return 0;
        }
        try {
            Map<String, LinkProfiles.Setting> settings = LinkProfiles.settings(preset);
            out.println(preset + ": " + LinkProfiles.summary(preset));
            settings.forEach((key, setting) -> {
                out.printf(Locale.ROOT, "%n  %-22s %s%n", key, setting.value());
                out.println("      " + meaning(key));
                out.println("      source: " + setting.source());
            });
            return 0;
        } catch (LinkProfileException unknown) {
            throw new CliException(String.valueOf(unknown.getMessage()));
        }
    }

    private static String meaning(String key) {
        return LinkKey.named(key.substring(key.indexOf('.') + 1)).explanation();
    }
}
