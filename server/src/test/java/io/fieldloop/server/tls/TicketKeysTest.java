package io.fieldloop.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketKeysTest {
    private static final Duration LIFETIME = Duration.ofHours(12);

    private final TicketKeys keys = new TicketKeys(Fixtures.random(1), LIFETIME);

    /** An engine that was told of them compares lists by identity, for each handshake. */
    @Test
    void areTheSameListUntilOneOfThemChanges() {
        Instant begin = Fixtures.NOW;
        List<TicketKeys.Key> first = keys.at(begin);
        assertThat(first).hasSize(1);
        assertThat(keys.at(begin.plus(LIFETIME).minusMillis(1))).isSameAs(first);

        List<TicketKeys.Key> second = keys.at(begin.plus(LIFETIME));
        assertThat(second).hasSize(2).endsWith(first.get(0));
        assertThat(keys.at(begin.plus(LIFETIME).plusMillis(1))).isSameAs(second);

        List<TicketKeys.Key> third = keys.at(begin.plus(LIFETIME.multipliedBy(2)));
        assertThat(third).hasSize(2).endsWith(second.get(0)).doesNotContain(first.get(0));
        assertThat(keys.at(begin.plus(LIFETIME.multipliedBy(9)))).hasSize(1);
    }
}
