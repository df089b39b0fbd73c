package io.fieldloop.server.fault;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One line on what a fault does, for the catalogue that users read. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Does {
    String value();
}
