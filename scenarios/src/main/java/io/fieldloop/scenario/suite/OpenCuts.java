package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.model.PowerSpec;
import io.fieldloop.scenario.model.value.WriteRange;
import io.fieldloop.scenario.rig.RigException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes the cases of a power cut whose range of writes has no end: one for each write that comes while the step is done with power.
 *
 * <p>That is known before a run is planned, and so they are shared out, kept and named as others are. What could not be counted stays one
 * case, of which nothing can be concluded: whoever runs it has to see that nothing was tried.
 */
public final class OpenCuts {
    private final CaseRunner runner;
    private final Function<String, Path> evidence;
    private final Consumer<String> tell;
    private final Set<String> told = new LinkedHashSet<>();

    /**
     * @param runner plays each story up to its cut
     * @param evidence the folder of a case
     * @param tell takes lines about what is counted
     */
    public OpenCuts(CaseRunner runner, Function<String, Path> evidence, Consumer<String> tell) {
        this.runner = runner;
        this.evidence = evidence;
        this.tell = tell;
    }

    /** All of them, those without an end unfolded. */
    public List<SuiteCase> counted(List<SuiteCase> cases) {
        return cases.stream().flatMap(this::counted).toList();
    }

    private Stream<SuiteCase> counted(SuiteCase one) {
        return one.scenario().openCut().map(cut -> each(one, cut)).orElse(Stream.of(one));
    }

    private Stream<SuiteCase> each(SuiteCase open, PowerSpec cut) {
        int from = cut.atWrite().from();
        String name = open.scenario().name().stem();
        say(name + ": writes into " + cut.cut() + " are counted");
        try {
            int writes = runner.writes(open, evidence.apply(open.id()));
            say(name + ": " + writes + " writes into " + cut.cut() + ", a case for each from " + from + " on");
            if (writes < from || writes > WriteRange.MAX) {
                return Stream.of(open.held("The firmware wrote " + writes + " times into the partition " + cut.cut()
                        + " while the step was done, and the power is to go at each write from " + from + " to "
                        + WriteRange.MAX + " at most; name another range or partition."));
            }
            return IntStream.rangeClosed(from, writes).mapToObj(open::cutAt);
        } catch (RigException failed) {
            return Stream.of(open.held("How often the firmware writes into the partition " + cut.cut()
                    + " could not be counted: " + failed.getMessage()));
        }
    }

    private void say(String line) {
        if (told.add(line)) {
            tell.accept(line);
        }
    }
}
