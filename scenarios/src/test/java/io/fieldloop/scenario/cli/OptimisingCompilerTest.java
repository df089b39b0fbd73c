package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

final class OptimisingCompilerTest {
    @Test
    void isKeptAwayByADirective() throws Exception {
        assertThat(told("-XX:+TieredCompilation"))
                .contains("taken: true")
                .containsPattern("c2 directives:[^:]*:[^\\n]*\\n[^\\n]*Exclude:true");
    }

    @Test
    void needsNoDirectiveInAJvmStartedWithoutIt() throws Exception {
        assertThat(told("-XX:TieredStopAtLevel=1")).contains("taken: true").doesNotContain("Exclude:true");
    }

    /** In a JVM of its own: the one of the tests goes on for long. */
    private static String told(String flag) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        flag,
                        "-cp",
                        place(OptimisingCompiler.class) + File.pathSeparator + place(Told.class),
                        Told.class.getName())
                .redirectErrorStream(true)
                .start();
        String text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(text).isZero();
        return text;
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Prints what directives its JVM has. */
    static final class Told {
        private Told() {}

        public static void main(String[] args) throws Exception {
            System.out.println("taken: " + OptimisingCompiler.keepAway());
            System.out.println(ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "compilerDirectivesPrint",
                            new Object[0],
                            new String[0]));
        }
    }
}
