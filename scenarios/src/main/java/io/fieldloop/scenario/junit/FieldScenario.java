package io.fieldloop.scenario.junit;

import io.fieldloop.scenario.model.RigKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a method with a {@link ScenarioCase} as parameter one test for each case, called as {@code fieldloop run} calls it.
 *
 * <p>A case whose file leaves the rig out is skipped, with the file's reason.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(ScenarioCases.class)
public @interface FieldScenario {
    /**
     * Files, folders, and names of the bundled suite, as {@code fieldloop run} takes them: {@code "src/test/field"}, {@code "tls"},
     * {@code "tls/wrong-name"}; {@code "tls/**"} is the same as {@code "tls"}. None is the whole bundled suite.
     */
    String[] value() default {};

    /** Where the cases run; firmware has a rig on the command line alone. */
    RigKind rig() default RigKind.VIRTUAL;
}
