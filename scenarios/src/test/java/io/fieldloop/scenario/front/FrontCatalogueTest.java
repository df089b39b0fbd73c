package io.fieldloop.scenario.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of fronts, without any of them running. */
class FrontCatalogueTest {
    static java.util.List<Front> fronts() {
        return FrontCatalogue.bundled().all();
    }

    @ParameterizedTest
    @MethodSource("fronts")
    void everyMistakeDiffersFromTheGoodConfiguration(Front front) {
        String good = front.configuration(Front.GOOD);
        assertThat(front.mistakes().keySet())
                .allSatisfy(mistake ->
                        assertThat(front.configuration(mistake)).as(mistake).isNotEqualTo(good));
    }

    @ParameterizedTest
    @MethodSource("fronts")
    void noMarkIsLeftInWhatIsPrinted(Front front) {
        FrontPlaces places = FrontPlaces.documented("voice.example.com", "10.0.0.7:8000");
        assertThat(front.configurations())
                .allSatisfy(name -> assertThat(places.fill(front.configuration(name)))
                        .doesNotContainPattern("@[a-z-]+@")
                        .doesNotContain("127.0.0.1:8000"));
    }

    @Test
    void whatIsNotThereIsOneSentence() {
        FrontCatalogue catalogue = FrontCatalogue.bundled();
        assertThatThrownBy(() -> catalogue.named("iis"))
                .hasMessageStartingWith("there is no front 'iis'; expected one of nginx, nginx-stream, ");
        assertThatThrownBy(() -> catalogue.named("caddy").configuration("good-one"))
                .hasMessage("caddy has no configuration 'good-one'; expected one of good, another-site");
    }
}
