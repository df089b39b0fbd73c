package io.fieldloop.qemu;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a class that may read the wall clock or ask the system for entropy, and says why. */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface OwnsWallClock {
    /** Why time or chance cannot be injected here. */
    String value();
}
