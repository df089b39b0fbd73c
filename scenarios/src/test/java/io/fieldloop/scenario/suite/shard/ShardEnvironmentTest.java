package io.fieldloop.scenario.suite.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each engine's environment means, and which ones mean nothing that is certain. */
final class ShardEnvironmentTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FIELDLOOP_SHARD=3/8                                                                          | 3/8
            SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_COUNT=8 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=7 | 1/8
            SLURM_ARRAY_TASK_ID=8 SLURM_ARRAY_TASK_COUNT=8 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=8 | 8/8
            SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_COUNT=2 FIELDLOOP_SHARDS=8                            | 6/8
            JOB_COMPLETION_INDEX=7 FIELDLOOP_SHARDS=8                                                    | 8/8
            CI_NODE_INDEX=1 CI_NODE_TOTAL=4                                                              | 1/4
            BUILDKITE_PARALLEL_JOB=0 BUILDKITE_PARALLEL_JOB_COUNT=4                                      | 1/4
            CIRCLE_NODE_INDEX=3 CIRCLE_NODE_TOTAL=4                                                      | 4/4
            CI_NODE_INDEX=2 CI_NODE_TOTAL=4 CIRCLE_NODE_INDEX=1 CIRCLE_NODE_TOTAL=4                      | 2/4
            FIELDLOOP_SHARD=3/8 CI_NODE_INDEX=2 CI_NODE_TOTAL=4                                          | 3/8
            """)
    void isTaken(String variables, String shard) {
        assertThat(ShardEnvironment.of(environment(variables)).shard()).hasToString(shard);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CI_NODE_TOTAL=1                                                          | --shard auto finds none of FIELDLOOP_SHARD, SLURM_ARRAY_TASK_ID,
            JOB_COMPLETION_INDEX=1                                                   | Kubernetes sets JOB_COMPLETION_INDEX, and FIELDLOOP_SHARDS is missing; set it to the number of parts.
            CI_NODE_INDEX=5 CI_NODE_TOTAL=4                                          | GitLab: CI_NODE_INDEX=5, CI_NODE_TOTAL=4, and there is no part 5 of 4.
            CIRCLE_NODE_INDEX=4 CIRCLE_NODE_TOTAL=4                                  | CircleCI: CIRCLE_NODE_INDEX=4, CIRCLE_NODE_TOTAL=4, and there is no part 5 of 4.
            CI_NODE_INDEX=two CI_NODE_TOTAL=4                                        | CI_NODE_INDEX is 'two'; expected a whole number.
            FIELDLOOP_SHARD=3of8                                                     | FIELDLOOP_SHARD is '3of8'; expected one such as 3/8, or auto.
            FIELDLOOP_SHARD=0/8                                                      | FIELDLOOP_SHARD is 0/8, and there is no part 0 of 8.
            CI_NODE_INDEX=2 CI_NODE_TOTAL=4 CIRCLE_NODE_INDEX=0 CIRCLE_NODE_TOTAL=1  | --shard auto finds 2/4 (GitLab: CI_NODE_INDEX=2, CI_NODE_TOTAL=4) and 1/1 (CircleCI: CIRCLE_NODE_INDEX=0, CIRCLE_NODE_TOTAL=1); set FIELDLOOP_SHARD to the one that is meant.
            SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_COUNT=2 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_MAX=5 | Slurm's array has 2 tasks from 3 to 5, so which part this is cannot be told; number them from 0 and set FIELDLOOP_SHARDS.
            """)
    void isRefused(String variables, String sentence) {
        assertThatThrownBy(() -> ShardEnvironment.of(environment(variables)))
                .isInstanceOf(ShardException.class)
                .hasMessageStartingWith(sentence);
    }

    private static Map<String, String> environment(String variables) {
        return Arrays.stream(variables.split(" +"))
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
