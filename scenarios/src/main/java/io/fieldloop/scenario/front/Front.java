package io.fieldloop.scenario.front;

import java.io.File;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One program that people put in front of a gateway, with the configurations of it that are known: the good one and the usual mistakes. */
public final class Front {
    /** What the good configuration is called. */
    public static final String GOOD = "good";

    private final String name;
    private final FrontFile.Program program;
    private final FrontFile.@Nullable Own own;
    private final String good;

    Front(String name, FrontFile.Program program, FrontFile.@Nullable Own own, String good) {
        this.name = name;
        this.program = program;
        this.own = own;
        this.good = good;
        program.mistakes().keySet().forEach(this::configuration);
    }

    public String name() {
        return name;
    }

    /** What Debian calls it. */
    public String debianPackage() {
        return program.packageName();
    }

    /** Whether it tells the gateway, in its good configuration, whom it speaks for. */
    public boolean namesSource() {
        return program.namesSource();
    }

    /** What is wrong in each of the usual mistakes, by its name. */
    public Map<String, FrontFile.Mistake> mistakes() {
        return program.mistakes();
    }

    /** All configurations, the good one first. */
    public List<String> configurations() {
        List<String> names = new ArrayList<>(List.of(GOOD));
        names.addAll(program.mistakes().keySet());
        return names;
    }

    /**
     * A configuration as it is written down, with its marks.
     *
     * @throws IllegalArgumentException in a sentence, if it has none of that name
     */
    public String configuration(String which) {
        if (which.equals(GOOD)) {
            return good;
        }
        FrontFile.Mistake mistake = program.mistakes().get(which);
        if (mistake == null) {
            throw new IllegalArgumentException(name + " has no configuration '" + which + "'; expected one of "
                    + String.join(", ", configurations()));
        }
        String wrong = good;
        for (Map.Entry<String, String> change : mistake.replace().entrySet()) {
            if (!wrong.contains(change.getKey())) {
                throw new IllegalStateException(
                        name + ".conf holds no '" + change.getKey() + "', which " + which + " replaces");
            }
            wrong = wrong.replace(change.getKey(), change.getValue());
        }
        return wrong;
    }

    /** Why it cannot run here, in half a sentence; null if it can. */
    public @Nullable String missing() {
        String executable = program.command().get(0);
        boolean found = Arrays.stream((Objects.requireNonNullElse(System.getenv("PATH"), "") + ":/usr/sbin:/sbin")
                        .split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, executable)));
        String needs = program.needs();
        boolean whole = needs == null || Files.exists(Path.of(needs));
        return found && whole ? null : name + " is not on this machine (apt-get install " + debianPackage() + ")";
    }

    /** The same configuration here, where, and nowhere else, it leaves its TLS secrets. */
    String traced(String configuration, InetAddress at) {
        return at(replaced(configuration, program.keys()), at);
    }

    /** What stands around it where it runs as a process of its own. */
    String around() {
        return program.around();
    }

    /** The same around a user's own file that is the program's main one. */
    String aroundWhole() {
        return program.whole();
    }

    /** How a file of the user's own is taken; null if only with marks. */
    FrontFile.@Nullable Own own() {
        return own;
    }

    /** The same where it listens at that address. */
    String at(String text, InetAddress at) {
        return at instanceof Inet6Address ? replaced(text, program.ipv6()) : text;
    }

    private static String replaced(String text, Map<String, String> changes) {
        String changed = text;
        for (Map.Entry<String, String> change : changes.entrySet()) {
            changed = changed.replace(change.getKey(), change.getValue());
        }
        return changed;
    }

    List<String> command() {
        return program.command();
    }
}
