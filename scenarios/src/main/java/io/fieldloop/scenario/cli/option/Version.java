package io.fieldloop.scenario.cli.option;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest has it. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "fieldloop " + Objects.requireNonNullElse(version, "(not packaged)"),
            "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name")
        };
    }
}
