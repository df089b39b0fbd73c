package io.fieldloop.scenario.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts the {@link FieldPart} in this field before each test and stops it after it; in a static field, once for the class.
 *
 * <p>Parts start in the order of their fields. A test with such a field may take a {@link FieldRun} as parameter. It fails where a fault
 * that was asked for never acted: what passed then proved nothing.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(StartStopExtension.class)
public @interface StartStop {}
