package io.fieldloop.scenario.junit;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.RunDirectory;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.socket.SocketRigs;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.suite.Cases;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.suite.UnknownCaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Finds the cases of a {@link FieldScenario}. */
@OwnsWallClock("runs are named by the clock on the wall")
final class ScenarioCases implements TestTemplateInvocationContextProvider {
    private static final Path RUNS = Path.of("target", "fieldloop");
    private static final String EVERYTHING_BELOW = "/**";

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(FieldScenario.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        FieldScenario wanted = context.getRequiredTestMethod().getAnnotation(FieldScenario.class);
        RigFactory rigs = rigs(wanted.rig());
        RunDirectory files = files();
        return found(wanted).stream().map(one -> new Invocation(new ScenarioCase(one, rigs, files)));
    }

    private static RigFactory rigs(RigKind kind) {
        return switch (kind) {
            case VIRTUAL -> VirtualRigs.factory();
            case SOCKET -> SocketRigs.factory();
            case QEMU ->
                throw new ExtensionConfigurationException(
                        "@FieldScenario runs no firmware; use `fieldloop run --rig qemu`, or the rig VIRTUAL or SOCKET.");
        };
    }

    private static RunDirectory files() {
        try {
            return RunDirectory.create(RUNS, Instant.now(), null);
        } catch (IOException e) {
            throw new ExtensionConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<SuiteCase> found(FieldScenario wanted) {
        try {
            Cases cases = Cases.of(Arrays.stream(wanted.value())
                    .map(ScenarioCases::withoutWildcard)
                    .toList());
            if (!cases.problems().isEmpty()) {
                throw new ExtensionConfigurationException(
                        cases.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
            }
            return cases.found();
        } catch (UnknownCaseException e) {
            throw new ExtensionConfigurationException("@FieldScenario: " + e.getMessage(), e);
        }
    }

    private static String withoutWildcard(String name) {
        return name.endsWith(EVERYTHING_BELOW) ? name.substring(0, name.length() - EVERYTHING_BELOW.length()) : name;
    }

    private record Invocation(ScenarioCase scenarioCase) implements TestTemplateInvocationContext, ParameterResolver {
        @Override
        public String getDisplayName(int index) {
            return scenarioCase.id();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ScenarioCase.class;
        }

        @Override
        public ScenarioCase resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return scenarioCase.reportingTo(context);
        }
    }
}
