package io.fieldloop.scenario.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.shape.yaml.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run would refuse at its start is a problem of the file already. */
class StartLimitCheckerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            adversaries: { x: { probe: rdp-mstshash, rate: 1000000/s, count: 5 } } | adversaries.x: "rate" is 1000000/s, it must be above 0 and at most 20000/s
            adversaries: { x: { probe: rdp-mstshash, for: 106000d } }              | adversaries.x: "for" is 106000d, it must be above 0 and at most 1h
            adversaries: { x: { probe: rdp-mstshash, for: 0s } }                   | adversaries.x: "for" is 0s, it must be above 0 and at most 1h
            adversaries: { x: { probe: rdp-mstshash, rate: 1000/s, for: 1h } }     | adversaries.x: "rate x for" is 3600000, it must be at most 1000000 connections in all
            adversaries: { x: { probe: rdp-mstshash, count: 1000000 } }            | adversaries.x: "count / rate" is 1000000, it must be done within 1h at 10/s
            adversaries: { x: { probe: rdp-mstshash, sources: 65000 }, y: { probe: rdp-mstshash, sources: 65000 } } | adversaries.y: "first source" is 65000, it must be low enough that all sources exist
            gateway: { suites: [TLS_NO_SUCH] }                                     | gateway.suites: unknown cipher suite "TLS_NO_SUCH"; expected a name of IANA such as TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
            gateway: { tls: [TLSv1.2], suites: [TLS_AES_128_GCM_SHA256] }          | gateway.suites: TLS_AES_128_GCM_SHA256 is a suite of TLS 1.3, which this gateway does not speak; expected suites of the versions in `tls`
            gateway: { tls: [TLSv1.3], suites: [TLS_RSA_WITH_AES_128_CBC_SHA] }    | gateway.suites: TLS_RSA_WITH_AES_128_CBC_SHA is a suite of TLS before 1.3, which this gateway does not speak; expected suites of the versions in `tls`
            ends: 32d                                                              | steps: take longer than 31d
            steps: [{ wait: 20d }, { wait: 12d }]                                  | steps: take longer than 31d
            steps: [{ wait: 1s, power: { cut: nvs, at-write: 3, how: [torn] } }, { wait: 1s, power: { cut: nvs, at-write: 3..7 } }] | power: is at more than one write or moment of one case; expected one write and one moment, such as `at-write: 3, how: [torn]`; a case for each is made of the first step with `power`, where they are written out
            steps: [{ at: 106751d, connect: door }]                                | steps: take longer than 31d
            """)
    void isRefused(String line, String problem) {
        List<Problem> problems = problems(line);

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).toString()).endsWith(problem);
    }

    /** All but the first of them would be left out without a word. */
    @Test
    void aRangeOfWritesInAVariableIsRefused() {
        String file = """
                matrix: { cut: [{ label: some, write: 3..7, how: torn }, { label: one, write: 3, how: torn }] }
                steps: [{ wait: 1s, power: { cut: nvs, at-write: "${cut.write}", how: ["${cut.how}"] } }]
                """;
        assertThat(problems(file))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("is at more than one write or moment of one case")
                        .endsWith("(in limits[cut=some])"));
    }

    private static List<Problem> problems(String line) {
        LoadResult loaded = new ScenarioLoader().load("limits.yaml", """
                scenario: Limits
                devices: { door: {} }
                expect: [{ device: door, is: online }]
                """ + line + "\n");
        return loaded instanceof LoadResult.Broken broken ? broken.problems() : List.of();
    }
}
