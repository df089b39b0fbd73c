package io.fieldloop.server.fault;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a fault does, in one line for users, and what it alone decides. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Does {
    String value();

    FaultPlace[] decides() default {};
}
