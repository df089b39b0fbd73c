package io.fieldloop.scenario.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.scenario.model.Step;
import io.fieldloop.server.fault.FaultCatalogue;
import io.fieldloop.server.fault.UpgradeFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON in, in the words of scenario files; what is wrong comes out as one sentence. */
class LiveRequestTest {
    @Test
    void aFaultIsWrittenAsInFaultsOfAScenario() {
        LiveRequest request =
                read("{\"do\": \"answer-status\", \"status\": 503, \"of\": \"02:00:00:00:00:01\", \"for\": \"30s\"}");

        assertThat(request.fault().action()).isEqualTo(new UpgradeFault.AnswerStatus(503, null));
        assertThat(request.lasts()).isEqualTo(Duration.ofSeconds(30));
        assertThat(request.line(name -> List.of("door"))).isEqualTo("{ do: answer-status, status: 503, of: door }");
    }

    @Test
    void anAddressIsWrittenAsAllDevicesBehindItAlsoInAList() {
        Map<String, List<String>> devices =
                Map.of("192.0.2.7", List.of("door", "gate"), "02:00:00:00:00:01", List.of("gate"));

        assertThat(read("{\"link\": {\"base\": \"cat1-edge\", \"of\": \"192.0.2.7\"}}")
                        .line(devices::get))
                .isEqualTo("link: { base: cat1-edge, of: [door, gate] }");
        assertThat(read("{\"do\": \"drop-session\", \"of\": [\"192.0.2.7\", \"02:00:00:00:00:01\"]}")
                        .line(devices::get))
                .isEqualTo("{ do: drop-session, of: [door, gate] }");
    }

    @Test
    void linksAndCertificatesAreWrittenAsSteps() {
        assertThat(read("{\"link\": {\"base\": \"cat1-typical\", \"loss\": \"5%\"}, \"for\": \"5m\"}")
                        .step())
                .isInstanceOf(Step.ChangeLink.class);
        assertThat(read("{\"outage\": \"20s\"}").lasts()).isEqualTo(Duration.ofSeconds(20));
        assertThat(read("{\"renew-certificate\": {\"valid\": [\"-90d\", \"-1d\"]}}")
                        .line())
                .isEqualTo("renew-certificate: { valid: [-90d, -1d] }");
        assertThat(read("{\"reset-link\": \"192.0.2.7\"}").line(name -> List.of("door")))
                .isEqualTo("reset-link: door");
    }

    @Test
    void everyFaultWithoutParametersCanBeAskedFor() {
        assertThat(FaultCatalogue.entries())
                .filteredOn(entry -> entry.type().getRecordComponents().length == 0)
                .hasSizeGreaterThan(20)
                .allSatisfy(entry -> assertThat(read("{\"do\": \"" + entry.name() + "\"}")
                                .fault()
                                .action())
                        .isInstanceOf(entry.type()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"do\": \"stal-tls\"} | POST /faults:1:8: do: unknown fault action \"stal-tls\"; did you mean \"stall-tls\"?",
                "{\"do\": \"answer-status\"} | POST /faults:1:1: has no key \"status\"",
                "{\"do\": \"stall-tls\", \"for\": \"30\"} | POST /faults:1:28: for: \"30\" has no unit (ns us ms s m h d); expected",
                "{\"do\": \"stall-tls\", \"of\": \"door\", \"connections\": \"2\"} | leave one out",
                "{\"outage\": \"2s\", \"for\": \"3s\"} | leave `for` beside it out",
                "{\"connect\": \"all\"} | exactly one of the keys do, link, outage",
                "{\"outage\": \"2s\", \"do\": \"stall-tls\"} | exactly one of the keys do, link, outage",
                "[] | exactly one of the keys",
                "'' | is empty",
                "{bad | is where a comma or } had to come"
            })
    void whatIsWrongIsOneSentence(String text, String sentence) {
        assertThatThrownBy(() -> read(text == null ? "" : text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(sentence)
                .doesNotContain("\n");
    }

    private static LiveRequest read(String text) {
        return LiveRequest.read(text, new SeenDevices());
    }
}
