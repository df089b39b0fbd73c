package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.cli.option.LanguageOption;
import io.fieldloop.scenario.cli.serve.EventLines;
import io.fieldloop.scenario.cli.serve.RefusalFile;
import io.fieldloop.scenario.cli.serve.ServeBanner;
import io.fieldloop.scenario.cli.serve.ServeOptions;
import io.fieldloop.scenario.cli.serve.ServedGateway;
import io.fieldloop.scenario.explain.Translation;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code fieldloop serve}: the gateway alone, for real devices, until Ctrl-C. */
@Command(
        name = "serve",
        description = {
            "Runs the gateway alone, prints where a device should connect, then one line per refusal, alarm and session.",
            "Nothing listens beyond loopback unless --host says so. Ctrl-C closes the sessions with 1001.",
            "A renewed --certificate and --key are served as soon as both files are there."
        },
        mixinStandardHelpOptions = true)
@OwnsWallClock("lines for a person at a terminal carry the time on the wall")
final class ServeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Main program;

    @Mixin
    private ServeOptions options = new ServeOptions();

    /** Its lines of events are a log, and logs are read by programs: English in every language. */
    @Mixin
    private LanguageOption lang = new LanguageOption();

    @Override
    public Integer call() throws InterruptedException {
        Translation language = lang.translation(program.environment());
        options.live.language = language;
        EventLines lines = new EventLines(InstantSource.system(), ZoneId.systemDefault());
        List<String> device = options.tokenFor();
        RefusalFile refusals = options.refusals == null
                ? null
                : RefusalFile.open(options.refusals, InstantSource.system(), lines::say);
        ServedGateway served = ServedGateway.start(options, refusals == null ? lines : refusals.beside(lines));
        served.watchCertificate(options.certificate, lines::say);
        PrintWriter out = spec.commandLine().getOut();
        ServedMachine machine = options.live.firmware == null
                ? null
                : ServedMachine.start(
                        options.live, served, lines::say, spec.commandLine().getErr());
        ServeBanner.lines(served, device, Instant.now(), language).forEach(out::println);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop(machine, served, lines, refusals, out);
                            out.println(language.sentence("Stopped."));
                        },
                        "fieldloop-interrupted"));
        lines.print(out);
        return 0;
    }

    private static void stop(
            @Nullable ServedMachine machine,
            ServedGateway served,
            EventLines lines,
            @Nullable RefusalFile refusals,
            PrintWriter out) {
        if (machine != null) {
            machine.close();
        }
        served.close();
        if (refusals != null) {
            refusals.close();
        }
        lines.drain(out);
    }
}
