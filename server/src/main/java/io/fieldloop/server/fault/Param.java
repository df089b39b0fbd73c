package io.fieldloop.server.fault;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a parameter of a fault, or of each fault of a kind, means and may be, for scenario files and their reference. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface Param {
    String value();

    /** Its value where a file gives none, written as in a file; empty if a file has to. */
    String fallback() default "";

    long min() default Long.MIN_VALUE;

    long max() default Long.MAX_VALUE;
}
