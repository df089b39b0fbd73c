package io.fieldloop.scenario.loader.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.server.pki.KeyKind;
import io.fieldloop.server.tls.TlsVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {
    private final ScenarioLoader loader = new ScenarioLoader();

    @Test
    void makesACaseForEachCombination() {
        List<Scenario> cases = cases("""
                scenario: Title
                matrix:
                  profile: [xiaozhi-wifi, strict-rfc6455]
                  count: [1, 2]
                devices: { door: { profile: "${profile}", count: "${count}" } }
                expect: [{ device: door, is: online }]
                """);

        assertThat(cases)
                .extracting(c -> c.name().toString())
                .containsExactly(
                        "storm[profile=xiaozhi-wifi,count=1]",
                        "storm[profile=xiaozhi-wifi,count=2]",
                        "storm[profile=strict-rfc6455,count=1]",
                        "storm[profile=strict-rfc6455,count=2]");
        assertThat(cases.get(3).devices().get("door").count()).isEqualTo(2);
        assertThat(cases.get(3).name().axes()).containsEntry("count", "2");
    }

    @Test
    void insertsValuesOfAnyType() {
        List<Scenario> cases = cases("""
                scenario: Title
                matrix:
                  tls:
                    - { label: old, versions: [TLSv1], reason: protocol-version, certificate: { key: rsa-2048 } }
                    - { label: both, versions: [TLSv1.2, TLSv1.3], reason: null, certificate: {} }
                gateway:
                  tls: ${tls.versions}
                  certificate: ${tls.certificate}
                devices: { door: {} }
                expect:
                  - { device: door, is: refused, reason: "${tls.reason}" }
                """);

        assertThat(cases).extracting(c -> c.name().axes().get("tls")).containsExactly("old", "both");
        assertThat(cases.get(0).gateway().certificate().key()).isEqualTo(KeyKind.RSA_2048);
        assertThat(cases.get(1).gateway().tls()).containsExactly(TlsVersion.TLSv1_2, TlsVersion.TLSv1_3);
        assertThat(((Expectation.Device) cases.get(0).expect().get(0)).reason()).isEqualTo("protocol-version");
        assertThat(((Expectation.Device) cases.get(1).expect().get(0)).reason()).isNull();
    }

    @Test
    void namesMappingsByTheirValuesAndKeepsNamesApart() {
        List<Scenario> cases = cases("""
                scenario: Title
                matrix:
                  x: [{ a: 1, b: [p, q] }, two words, "two,words", null]
                devices: { door: {} }
                expect: [{ device: door, is: online }]
                """);

        assertThat(cases)
                .extracting(c -> c.name().axes().get("x"))
                .containsExactly("1/p+q", "two_words", "two_words~2", "null");
    }

    @Test
    void leavesOutWhatIsExcluded() {
        List<Scenario> cases = cases("""
                scenario: Title
                matrix:
                  a: [1, 2]
                  b: [{ x: 1, y: 1 }, { x: 1, y: 2 }, { x: 2, y: 1, label: last }]
                  exclude:
                    - { a: 1, b: { x: 1 } }
                    - { b: last, a: 2 }
                devices: { door: {} }
                expect: [{ device: door, is: online }]
                """);

        assertThat(cases)
                .extracting(c -> c.name().toString())
                .containsExactly("storm[a=1,b=last]", "storm[a=2,b=1/1]", "storm[a=2,b=1/2]");
    }

    @Test
    void fillsInTextsAndKeysAndTheTextOfExpectations() {
        List<Scenario> cases = cases("""
                scenario: The ${what} of $${what}
                matrix: { what: [door] }
                devices: { "${what}-1": {} }
                expect: [{ device: "${what}-1", is: online }]
                """);

        Scenario only = cases.get(0);
        assertThat(only.title()).isEqualTo("The door of ${what}");
        assertThat(only.devices()).containsOnlyKeys("door-1");
        assertThat(only.expect().get(0).text()).hasToString("{ device: \"door-1\", is: online }");
    }

    @Test
    void tellsOnceWhatIsWrongInEachCaseAndNamesTheCaseOfOtherProblems() {
        LoadResult result = loader.load("storm.yaml", """
                scenario: Title
                matrix: { n: [1, x, y] }
                devices:
                  door: { count: "${n}", profle: x }
                expect: [{ device: door, is: online }]
                """);

        assertThat(((LoadResult.Broken) result).problems().stream().map(Problem::toString))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo("storm.yaml:4:18: devices.door.count: \"x\" is not a whole number"
                                        + " (in storm[n=x]); expected a whole number from 1 to 100000"),
                        second -> assertThat(second).contains("\"y\" is not a whole number (in storm[n=y])"),
                        third -> assertThat(third).startsWith("storm.yaml:4:26: devices.door.profle: unknown key;"));
    }

    private List<Scenario> cases(String text) {
        LoadResult result = loader.load("suite/storm.yaml", text);
        assertThat(result).as("%s", result).isInstanceOf(LoadResult.Ready.class);
        return ((LoadResult.Ready) result).cases();
    }
}
