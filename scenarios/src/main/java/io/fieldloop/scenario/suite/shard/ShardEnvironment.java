package io.fieldloop.scenario.suite.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds out from the environment which part a machine is to take, whatever engine started it.
 *
 * <p>Engines count from 0 or from 1, and Kubernetes does not say how many there are. Two that disagree are refused: to take the wrong
 * part would leave another one out, and everything would look well.
 */
public final class ShardEnvironment {
    private static final String OWN = "FIELDLOOP_SHARD";
    private static final String OWN_TOTAL = "FIELDLOOP_SHARDS";

    private static final List<Engine> ENGINES = List.of(
            // https://slurm.schedmd.com/job_array.html
            new Engine("Slurm", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", 0),
            // https://kubernetes.io/docs/tasks/job/indexed-parallel-processing-static/
            new Engine("Kubernetes", "JOB_COMPLETION_INDEX", OWN_TOTAL, 0),
            // https://docs.gitlab.com/ci/variables/predefined_variables/
            new Engine("GitLab", "CI_NODE_INDEX", "CI_NODE_TOTAL", 1),
            // https://buildkite.com/docs/pipelines/configure/environment-variables
            new Engine("Buildkite", "BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT", 0),
            // https://circleci.com/docs/variables/#built-in-environment-variables
            new Engine("CircleCI", "CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", 0));

    private final Map<String, String> variables;

    private ShardEnvironment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The part meant; throws {@link ShardException} where none is, or not one only. */
    public static Taken of(Map<String, String> variables) {
        return new ShardEnvironment(variables).taken();
    }

    private Taken taken() {
        String own = variables.get(OWN);
        if (own != null) {
            return new Taken(Shard.parse(own, OWN), OWN + "=" + own);
        }
        List<Taken> all = new ArrayList<>();
        for (Engine engine : ENGINES) {
            if (variables.containsKey(engine.index())) {
                all.add(taken(engine));
            }
        }
        if (all.isEmpty()) {
            throw new ShardException("--shard auto finds none of " + OWN + ", "
                    + ENGINES.stream().map(Engine::index).collect(Collectors.joining(", "))
                    + " in the environment; give one such as --shard 3/8.");
        }
        if (all.stream().map(Taken::shard).distinct().count() > 1) {
            throw new ShardException("--shard auto finds "
                    + all.stream()
                            .map(one -> one.shard() + " (" + one.from() + ")")
                            .collect(Collectors.joining(" and "))
                    + "; set " + OWN + " to the one that is meant.");
        }
        return all.get(0);
    }

    private Taken taken(Engine engine) {
        // Kubernetes has no other; in a Slurm array of which only some tasks run again, the count is that of those.
        String totalName = variables.containsKey(OWN_TOTAL) ? OWN_TOTAL : engine.total();
        long index = number(engine, engine.index());
        long total = number(engine, totalName);
        long first = engine.name().equals("Slurm") && !totalName.equals(OWN_TOTAL)
                ? arrayStart(engine, total)
                : engine.first();
        String from = engine.name() + ": " + engine.index() + "=" + index + ", " + totalName + "=" + total;
        return new Taken(Shard.of(index - first + 1, total, from), from);
    }

    private long arrayStart(Engine slurm, long count) {
        long first = number(slurm, "SLURM_ARRAY_TASK_MIN");
        long last = number(slurm, "SLURM_ARRAY_TASK_MAX");
        if (last - first + 1 != count) {
            throw new ShardException("Slurm's array has " + count + " tasks from " + first + " to " + last
                    + ", so which part this is cannot be told; number them from 0 and set " + OWN_TOTAL + ".");
        }
        return first;
    }

    private long number(Engine engine, String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new ShardException(engine.name() + " sets " + engine.index() + ", and " + name
                    + " is missing; set it to the number of parts.");
        }
        if (!value.matches("[0-9]{1,9}")) {
            throw new ShardException(name + " is '" + value + "'; expected a whole number.");
        }
        return Long.parseLong(value);
    }

    /** @param first the number it gives to the first part */
    private record Engine(String name, String index, String total, int first) {}

    /**
     * A part and who said so.
     *
     * @param from {@code GitLab: CI_NODE_INDEX=3, CI_NODE_TOTAL=8}
     */
    public record Taken(Shard shard, String from) {}
}
