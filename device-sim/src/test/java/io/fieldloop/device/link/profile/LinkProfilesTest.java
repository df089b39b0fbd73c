package io.fieldloop.device.link.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LinkProfilesTest {
    static List<String> names() {
        return LinkProfiles.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everySettingOfAPresetHasASource(String name) {
        assertThat(LinkProfiles.named(name).name()).isEqualTo(name);
        assertThat(LinkProfiles.summary(name)).isNotBlank();
        LinkProfiles.settings(name)
                .forEach((key, setting) -> assertThat(setting.source())
                        .as(name + " " + key)
                        .hasSizeGreaterThanOrEqualTo("assumed".length()));
    }

    @Test
    void aPresetIsWhatItsFileSays() {
        LinkProfile profile = LinkProfiles.named("cat1-edge");

        assertThat(profile.downstream().bitsPerSecond()).isEqualTo(400_000);
        assertThat(profile.upstream().delay())
                .isEqualTo(new Delay(Distribution.PARETO, Duration.ofMillis(150), Duration.ofMillis(90)));
        assertThat(profile.downstream().loss().probability()).isEqualTo(0.02);
        assertThat(profile.downstream().loss().burstPacketsMean()).isEqualTo(5);
        assertThat(profile.outage().window().every()).isEqualTo(Duration.ofMinutes(2));
        assertThat(profile.nat().tcpIdleMax()).isEqualTo(Duration.ofMinutes(5));
        assertThat(profile.isClear()).isFalse();
    }

    @Test
    void aPresetMayBuildOnAnother() {
        assertThat(LinkProfiles.named("tunnel").upstream())
                .isEqualTo(LinkProfiles.named("cat4-good").upstream());
        assertThat(LinkProfiles.named("tunnel").outage().losesMapping()).isTrue();
        assertThat(LinkProfiles.settings("tunnel"))
                .containsAllEntriesOf(LinkProfiles.settings("cat4-good"))
                .containsKey("outage-mapping");
    }

    @Test
    void noneDoesNothing() {
        assertThat(LinkProfiles.named("none").isClear()).isTrue();
    }

    @Test
    void suggestsThePresetThatWasMeant() {
        assertThatThrownBy(() -> LinkProfiles.named("cat1-typicl"))
                .hasMessage("Unknown link profile 'cat1-typicl': did you mean 'cat1-typical'?");
        assertThatThrownBy(() -> LinkProfiles.named("wifi")).hasMessageContaining("known are none, cat4-good");
    }

    @ParameterizedTest
    @EnumSource(LinkKey.class)
    void everyKeyTakesItsExample(LinkKey key) {
        LinkProfile changed = LinkProfile.NONE.with(key.wireName(), key.example());

        assertThat(changed).isNotNull();
        assertThat(key.explanation()).isNotBlank();
        if (key.isPerDirection()) {
            assertThat(LinkProfile.NONE
                            .with("upstream." + key.wireName(), key.example())
                            .downstream())
                    .isEqualTo(LinkProfile.NONE.downstream());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delay | 50 | Link setting delay: '50' is not a duration such as 50ms or 1m30s.",
                "upstream.loss | 150% | Link setting upstream.loss: '150%' is not a probability such as 0.5% or 0.005.",
                "bandwith | 1Mbit/s | Unknown link setting 'bandwith': did you mean 'bandwidth'?",
                "sideways.delay | 1ms | Link setting sideways.delay: 'sideways' is not one of upstream, downstream.",
                "upstream.mtu | 1400B | Link setting mtu holds for the whole link: write it without upstream.",
                "mtu | 20B | Link setting mtu: '20B' is not a packet size from 68B to 65535B.",
                "distribution | gauss | Link setting distribution: 'gauss' is not one of constant, uniform, normal, lognormal, pareto.",
            })
    void saysInOneSentenceWhatIsWrong(String key, String value, String message) {
        assertThatThrownBy(() -> LinkProfile.NONE.with(key, value))
                .isInstanceOf(LinkProfileException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"1h30m, 5400000", "50ms, 50", "1.5s, 1500", "0, 0", "2m 5s, 125000"})
    void readsDurationsWithUnits(String text, long millis) {
        assertThat(LinkProfile.NONE.with("delay", text).upstream().delay().mean())
                .isEqualTo(Duration.ofMillis(millis));
    }
}
