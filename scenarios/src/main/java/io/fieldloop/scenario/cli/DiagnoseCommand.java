package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.LanguageOption;
import io.fieldloop.scenario.cli.option.Version;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.DiagnosisJson;
import io.fieldloop.scenario.diagnose.DiagnosisText;
import io.fieldloop.scenario.diagnose.TranslatedDiagnosis;
import io.fieldloop.scenario.diagnose.capture.CaptureException;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.diagnose.verdict.AnnotatedCapture;
import io.fieldloop.scenario.diagnose.verdict.CaptureDiagnosis;
import io.fieldloop.scenario.explain.Explanations;
import io.fieldloop.scenario.explain.Translation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code fieldloop diagnose}: what failed in a packet capture, by which packets, and what to do. */
@Command(
        name = "diagnose",
        description = {
            "Reads packet captures (pcap, pcapng, also in gzip) and says of each connection what failed, by which packets, and"
                    + " what to do.",
            "Exit code 0: no fault; 1: a fault; 2: a file cannot be read; 3: there is nothing in it to judge."
        },
        footer = {
            "",
            "Examples:",
            "  diagnose capture.pcapng                   with the secrets in the file, if there are any",
            "  diagnose capture.pcapng --annotate told.pcapng   for Wireshark, with comments",
            "  diagnose capture.pcapng --scenario again.yaml    and `run again.yaml` fails the same way",
            "  diagnose device.pcapng --second server.pcapng    which side lost it",
            "  diagnose capture.pcap --keylog keys.log   with those of SSLKEYLOGFILE or of nginx, for what TLS hides"
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class DiagnoseCommand implements Callable<Integer> {
    private static final int FAULT = 1;
    private static final int NOTHING_THERE = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "A capture of tcpdump, dumpcap, Wireshark or `fieldloop run --capture`.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--keylog", paramLabel = "FILE", description = "TLS secrets in NSS key log format (SSLKEYLOGFILE).")
    private @Nullable Path keyLog;

    @Option(
            names = "--second",
            paramLabel = "OTHER",
            description =
                    "The same connections captured at another place, such as the server's: which side lost what, and"
                            + " who sent a reset.")
    private @Nullable Path second;

    @Option(names = "--json", description = "One JSON object for each file, on a machine's terms.")
    private boolean json;

    @Option(
            names = "--annotate",
            paramLabel = "OUT",
            description = "Writes the capture once more, as pcapng with a comment on each packet that is evidence.")
    private @Nullable Path annotated;

    @Option(
            names = "--scenario",
            paramLabel = "OUT",
            description = "Writes a scenario file in which each device of the capture fails as it first did, for"
                    + " `fieldloop run`.")
    private @Nullable Path scenario;

    @Mixin
    private LanguageOption lang = new LanguageOption();

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Main program;

    @Override
    public Integer call() {
        if (scenario != null && files.size() != 1) {
            throw new CliException("--scenario is made of one capture; name one FILE, or leave it out.");
        }
        if (annotated != null && files.size() != 1) {
            throw new CliException("--annotate is for one capture; name one FILE, or leave it out.");
        }
        if (annotated != null && Files.exists(annotated) && !Files.isRegularFile(annotated)) {
            throw new CliException("--annotate " + annotated
                    + " is there and no file (a folder, a device or a pipe); name a file, which is replaced where it is"
                    + " there.");
        }
        CauseTexts texts = texts();
        boolean fault = false;
        boolean empty = true;
        for (Path file : files) {
            CaptureDiagnosis read = read(file);
            Diagnosis diagnosis = second == null ? read.diagnosis() : read.diagnosis(read(second));
            print(diagnosis, texts);
            annotate(file, diagnosis, texts.language());
            if (scenario != null) {
                sketch(read, scenario, texts.language());
            }
            fault |= diagnosis.isFault(texts);
            empty &= read.isEmpty();
        }
        return fault ? FAULT : empty ? NOTHING_THERE : 0;
    }

    private CauseTexts texts() {
        Translation language = json ? Translation.english() : lang.translation(program.environment());
        return CauseTexts.beside(Explanations.bundled(language), language);
    }

    private CaptureDiagnosis read(Path file) {
        try {
            return CaptureDiagnosis.read(file, secrets());
        } catch (CaptureException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CliException(file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private static void sketch(CaptureDiagnosis read, Path out, Translation language) {
        String text = read.scenario()
                .orElseThrow(
                        () -> new CliException("--scenario " + out + ": nothing in the capture failed in a way that"
                                + " a scenario can show, so none was written."));
        try {
            Files.writeString(out, TranslatedDiagnosis.ofScenario(text, language));
        } catch (IOException e) {
            throw CliException.unwritable("--scenario " + out, e);
        }
    }

    private void annotate(Path file, Diagnosis diagnosis, Translation language) {
        if (annotated == null) {
            return;
        }
        try {
            if (Files.exists(annotated) && Files.isSameFile(file, annotated)) {
                throw new CliException("--annotate " + annotated + " is the capture itself; name another file.");
            }
            AnnotatedCapture.write(file, diagnosis, language, annotated);
        } catch (IOException e) {
            throw CliException.unwritable("--annotate " + annotated, e);
        }
    }

    private Secrets secrets() {
        Secrets secrets = new Secrets();
        if (keyLog != null) {
            try {
                secrets.add(Files.readString(keyLog, StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new CliException(
                        "--keylog " + keyLog + " cannot be read; give a file such as SSLKEYLOGFILE leaves.");
            }
            if (secrets.isEmpty()) {
                throw new CliException(keyLog + " holds no TLS secrets; expected lines such as CLIENT_RANDOM or"
                        + " SERVER_TRAFFIC_SECRET_0, as SSLKEYLOGFILE leaves them.");
            }
        }
        return secrets;
    }

    private void print(Diagnosis diagnosis, CauseTexts texts) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            try {
                DiagnosisJson.write(diagnosis, texts, out);
            } catch (IOException e) {
                throw new CliException("The diagnosis cannot be written: " + e.getMessage() + ".");
            }
        } else {
            DiagnosisText.lines(diagnosis, texts).forEach(out::println);
        }
        out.flush();
    }
}
