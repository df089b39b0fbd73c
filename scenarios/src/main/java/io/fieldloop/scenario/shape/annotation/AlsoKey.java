package io.fieldloop.scenario.shape.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A key of the mapping that is used up before the records are bound. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
public @interface AlsoKey {
    String value();

    String doc();
}
