package io.fieldloop.scenario.junit;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.adversary.TargetPolicy;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.against.AgainstRigs;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One case of a scenario, to be run by a test. */
@OwnsWallClock("it is said how long a case took")
public final class ScenarioCase {
    private final SuiteCase suiteCase;
    private final RigFactory rigs;
    private final RunDirectory files;
    private final @Nullable ExtensionContext context;

    ScenarioCase(SuiteCase suiteCase, RigFactory rigs, RunDirectory files) {
        this(suiteCase, rigs, files, null);
    }

    private ScenarioCase(SuiteCase suiteCase, RigFactory rigs, RunDirectory files, @Nullable ExtensionContext context) {
        this.suiteCase = suiteCase;
        this.rigs = rigs;
        this.files = files;
        this.context = context;
    }

    ScenarioCase reportingTo(ExtensionContext test) {
        return new ScenarioCase(suiteCase, rigs, files, test);
    }

    /** Path below the suite, no ending, plus matrix values: {@code tls/wrong-name[profile=xiaozhi-wifi]}. */
    public String id() {
        return suiteCase.id();
    }

    /** What its file says happens, in a sentence. */
    public String title() {
        return suiteCase.scenario().title();
    }

    /**
     * The same devices, link and faults of the link, with a server that is not ours; on real sockets. Cases that give a gateway orders
     * are skipped. Hostile traffic goes to loopback and private networks alone.
     *
     * @param url {@code ws://} or {@code wss://}, as a device would have it
     * @param roots what devices trust that check certificates
     */
    public ScenarioCase against(String url, X509Certificate... roots) {
        List<String> words = List.of("--against", url);
        return new ScenarioCase(
                suiteCase,
                new AgainstRigs(ServerAddress.of(url).asGateway(List.of(roots)), TargetPolicy.PRIVATE, words),
                files,
                context);
    }

    /** Runs it and gives all that is known of it: verdict, each expectation, the journal. */
    public ScenarioResult run() {
        String whyNot = rigs.whyNot(suiteCase.scenario());
        Assumptions.assumeTrue(whyNot == null, () -> id() + " is left out: " + whyNot + ".");
        return new CaseRunner(rigs, null, System::nanoTime).run(suiteCase, evidence(), entry -> {});
    }

    /**
     * Runs it, and fails in one sentence where an expectation fails or nothing can be concluded; journal and captures are attached to
     * the test then, where JUnit can do that (since 5.12).
     */
    public void assertPasses() {
        ScenarioResult result = run();
        if (result.verdict() != Verdict.PASSED) {
            keep(result);
            throw new AssertionError(id() + " " + result.verdict().name().toLowerCase(Locale.ROOT) + ": "
                    + result.headline().orElse("no reason is known") + "\n  repeat: " + result.repeat()
                    + "\n  journal: " + files.journalOf(result));
        }
    }

    private Path evidence() {
        return files.evidenceOf(id(), rigs.kind());
    }

    private void keep(ScenarioResult result) {
        try {
            files.keep(result);
        } catch (IOException e) {
            throw new UncheckedIOException("The journal of " + id() + " could not be written.", e);
        }
        if (context != null) {
            Attachments.publish(context, List.of(files.journalOf(result), evidence()));
        }
    }

    @Override
    public String toString() {
        return id();
    }
}
