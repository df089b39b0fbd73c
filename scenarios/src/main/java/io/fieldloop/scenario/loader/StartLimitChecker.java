package io.fieldloop.scenario.loader;

import io.fieldloop.scenario.adversary.AdversaryConfigException;
import io.fieldloop.scenario.model.AdversarySpec;
import io.fieldloop.scenario.model.PlacedStep;
import io.fieldloop.scenario.model.PowerSpec;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.gateway.GatewaySpec;
import io.fieldloop.scenario.shape.DurationText;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.server.tls.CipherSuites;
import io.fieldloop.server.tls.TlsVersion;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Refuses what no rig could start, so that whoever checks a file learns it and not whoever runs it. */
final class StartLimitChecker {
    private final Consumer<Problem> problems;

    StartLimitChecker(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /** Looks at all limits; {@code lengthMin} is how long the scenario takes at least, by its own times. */
    void check(Scenario scenario, Duration lengthMin) {
        int sources = 0;
        for (Map.Entry<String, AdversarySpec> adversary : scenario.adversaries().entrySet()) {
            check(adversary.getKey(), adversary.getValue(), sources);
            sources += adversary.getValue().sources();
        }
        check(scenario.gateway());
        scenario.steps().forEach(this::checkCut);
        if (lengthMin.compareTo(Scenario.LENGTH_MAX) > 0) {
            problems.accept(new Problem(
                    scenario.position(),
                    "steps",
                    "take longer than " + DurationText.print(Scenario.LENGTH_MAX),
                    null,
                    null));
        }
    }

    /** What stood where no cases are made of it: in a variable, in a second step or in one that goes on meanwhile. */
    private void checkCut(PlacedStep step) {
        PowerSpec cut = step.power();
        if (cut != null && !cut.isOneCase()) {
            problems.accept(new Problem(
                    step.position(),
                    "power",
                    "is at more than one write or moment of one case",
                    "one write and one moment, such as `at-write: 3, how: [torn]`; a case for each is made of the first"
                            + " step with `power`, where they are written out",
                    null));
        }
        step.meanwhile().forEach(this::checkCut);
    }

    private void check(GatewaySpec gateway) {
        boolean speaks13 = gateway.tls().contains(TlsVersion.TLSv1_3);
        boolean speaksOlder = gateway.tls().stream().anyMatch(version -> version != TlsVersion.TLSv1_3);
        for (String suite : gateway.suites()) {
            boolean of13 = CipherSuites.isTls13(suite);
            if (!CipherSuites.isKnown(suite)) {
                problem(
                        gateway,
                        "unknown cipher suite \"" + suite + "\"",
                        "a name of IANA such as TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
            } else if (of13 ? !speaks13 : !speaksOlder) {
                problem(
                        gateway,
                        suite + " is a suite of " + (of13 ? "TLS 1.3" : "TLS before 1.3")
                                + ", which this gateway does not speak",
                        "suites of the versions in `tls`");
            }
        }
    }

    private void problem(GatewaySpec gateway, String found, String expected) {
        problems.accept(new Problem(gateway.position(), "gateway.suites", found, expected, null));
    }

    private void check(String name, AdversarySpec adversary, int firstSource) {
        try {
            adversary.plan(firstSource, null);
        } catch (AdversaryConfigException e) {
            problems.accept(new Problem(
                    adversary.position(), "adversaries." + name, String.valueOf(e.getMessage()), null, null));
        }
    }
}
