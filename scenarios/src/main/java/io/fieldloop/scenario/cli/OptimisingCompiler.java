package io.fieldloop.scenario.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The JVM's second compiler, which a suite of many short cases does not let earn back what it costs.
 *
 * <p>A jar cannot bring flags along, so a directive is given to the running JVM. Where there is none to take it, all stays as it was.
 */
final class OptimisingCompiler {
    /** A suite of fewer is over before the directive pays, or has long cases. */
    static final int MANY_CASES = 100;

    private static final String LEAVE_OUT = "[{ match: [\"*.*\"], c2: { Exclude: true } }]";

    /** What a JVM calls itself that was started without it, as the launcher does; to tell it once more would load all of JMX. */
    private static final String ABSENT = "emulated-client";

    private OptimisingCompiler() {}

    /** Returns whether the JVM took the directive, or has no such compiler. */
    static boolean keepAway() {
        if (System.getProperty("java.vm.info", "").contains(ABSENT)) {
            return true;
        }
        try {
            Path directives = Files.createTempFile("fieldloop-compiler", ".json");
            try {
                Files.writeString(directives, LEAVE_OUT);
                Object answer = ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "compilerDirectivesAdd",
                                new Object[] {new String[] {directives.toString()}},
                                new String[] {String[].class.getName()});
                return String.valueOf(answer).contains("1 compiler directives added");
            } finally {
                Files.delete(directives);
            }
        } catch (IOException | JMException | RuntimeException otherJvm) {
            return false;
        }
    }
}
