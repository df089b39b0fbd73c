package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.Version;
import io.fieldloop.scenario.front.Front;
import io.fieldloop.scenario.front.FrontCatalogue;
import io.fieldloop.scenario.front.FrontPlaces;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fieldloop front}: the configuration of a program that stands in front of a gateway. */
@Command(
        name = "front",
        description = {
            "Prints a configuration for nginx, HAProxy and others in front of a gateway, ready to copy, with a comment where a line matters.",
            "Without a name, lists them with the usual mistakes, which scenarios try (front: { program: nginx, config: timeout-5s })."
        },
        footer = {
            "",
            "Examples:",
            "  front nginx --name voice.example.com > /etc/nginx/conf.d/fieldloop.conf",
            "  front haproxy --gateway 10.0.0.7:8000"
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class FrontCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PROGRAM", arity = "0..1", description = "A name such as nginx.")
    private @Nullable String program;

    @Option(
            names = "--config",
            paramLabel = "NAME",
            description = "A usual mistake in place of the good configuration.")
    private String config = Front.GOOD;

    @Option(names = "--name", paramLabel = "HOST", description = "The host of the devices' URL.")
    private String host = "voice.example.com";

    @Option(
            names = "--gateway",
            paramLabel = "HOST:PORT",
            description = "The gateway's plain port (default: 127.0.0.1:8000).")
    private String gateway = "127.0.0.1:8000";

    @Override
    public Integer call() {
        FrontCatalogue fronts = FrontCatalogue.bundled();
        PrintWriter out = spec.commandLine().getOut();
        if (program == null) {
            fronts.all().forEach(front -> list(front, out));
            return 0;
        }
        if (!gateway.matches("[^:\\s]+:\\d{1,5}")) {
            throw new CliException("--gateway " + gateway + " is no place; write it as 127.0.0.1:8000.");
        }
        try {
            out.print(FrontPlaces.documented(host, gateway)
                    .fill(fronts.named(program).configuration(config)));
        } catch (IllegalArgumentException unknown) {
            throw new CliException("front: " + unknown.getMessage() + ".");
        }
        out.flush();
        return 0;
    }

    private static void list(Front front, PrintWriter out) {
        String missing = front.missing();
        out.println(front.name() + (missing == null ? "" : ": " + missing));
        front.mistakes().forEach((name, mistake) -> out.printf(Locale.ROOT, "  %-24s %s%n", name, mistake.what()));
    }
}
