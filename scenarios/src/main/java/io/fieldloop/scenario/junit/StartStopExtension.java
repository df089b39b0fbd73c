package io.fieldloop.scenario.junit;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts and stops the parts of {@link StartStop} fields, and gives tests their {@link FieldRun}. */
final class StartStopExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace MINE = ExtensionContext.Namespace.create(StartStopExtension.class);
    private static final Path RUNS = Path.of("target", "fieldloop", "junit");

    @Override
    public void beforeAll(ExtensionContext context) {
        Class<?> tests = context.getRequiredTestClass();
        if (AnnotationSupport.findAnnotatedFields(tests, StartStop.class).stream()
                .anyMatch(StartStopExtension::isShared)) {
            Running running = new Running(context);
            context.getStore(MINE).put(context.getUniqueId(), running);
            running.start(tests, null);
        }
    }

    /** Its part is started once for the class. */
    private static boolean isShared(Field field) {
        return Modifier.isStatic(field.getModifiers());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Running running = new Running(context);
        context.getStore(MINE).put(context.getUniqueId(), running);
        context.getParent()
                .map(parent -> parent.getStore(MINE).get(parent.getUniqueId(), Running.class))
                .ifPresent(around -> running.run.hear(around.run));
        for (Object test : context.getRequiredTestInstances().getAllInstances()) {
            running.start(test.getClass(), test);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop(context);
    }

    private static void stop(ExtensionContext context) {
        Running running = context.getStore(MINE).remove(context.getUniqueId(), Running.class);
        if (running != null) {
            running.stop(context);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FieldRun.class;
    }

    @Override
    public FieldRun resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getStore(MINE).get(context.getUniqueId(), Running.class);
        if (running == null) {
            throw new ExtensionConfigurationException(
                    "A FieldRun belongs to one test; take it as a parameter of a test.");
        }
        return running.run;
    }

    /** The parts of one test, or of its class. */
    private static final class Running {
        private final FieldRun run;
        private final List<FieldPart> parts = new ArrayList<>();

        Running(ExtensionContext context) {
            String method =
                    context.getTestMethod().map(test -> "." + test.getName()).orElse("");
            String name = context.getRequiredTestClass().getSimpleName() + method + "-"
                    + Integer.toHexString(context.getUniqueId().hashCode());
            run = new FieldRun(RUNS.resolve(name));
        }

        void start(Class<?> type, @Nullable Object test) {
            for (Field field : AnnotationSupport.findAnnotatedFields(type, StartStop.class)) {
                if (isShared(field) == (test == null)) {
                    FieldPart part = partIn(field, test);
                    parts.add(part);
                    part.start(run);
                }
            }
        }

        private static FieldPart partIn(Field field, @Nullable Object test) {
            try {
                field.setAccessible(true);
                if (field.get(test) instanceof FieldPart part) {
                    return part;
                }
            } catch (IllegalAccessException e) {
                throw new ExtensionConfigurationException("The field " + field + " cannot be read.", e);
            }
            throw new ExtensionConfigurationException("@StartStop is on " + field
                    + ", which holds no gateway, link or device; expected a FieldPart that the test has made.");
        }

        void stop(ExtensionContext context) {
            Collections.reverse(parts);
            parts.forEach(FieldPart::close);
            boolean failed = context.getExecutionException().isPresent();
            try {
                if (!failed) {
                    failed = true;
                    run.requireFaultsReached();
                    failed = false;
                }
            } finally {
                run.close();
                if (failed) {
                    Attachments.publish(context, List.of(run.keep()));
                }
            }
        }
    }
}
