package io.fieldloop.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.RefusalReason;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RefusalLedgerTest {
    private static final LimitsConfig LIMITS = LimitsConfig.builder().build();

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final RefusalLedger ledger = new RefusalLedger(LIMITS, channel.eventLoop(), event -> {});

    @Test
    void aFloodFromManyAddressesLeavesNothingButItsNumber() throws UnknownHostException {
        channel.freezeTime();
        for (int host = 1; host <= 250; host++) {
            ledger.enter(
                    new ConnectionId(host), refusal(InetAddress.getByAddress(new byte[] {127, 66, 0, (byte) host})));
        }
        assertThat(ledger.burstsRemembered()).isEqualTo(250);

        pass(RefusalLedger.SUMMARY_EVERY);
        pass(RefusalLedger.SUMMARY_EVERY);

        assertThat(ledger.burstsRemembered()).isZero();
        assertThat(ledger.total()).isEqualTo(250);
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runPendingTasks();
    }

    private static Refusal refusal(InetAddress source) {
        return new Refusal(RefusalReason.NOT_HTTP, null, null, source, "ws", Duration.ZERO, "", null, Instant.EPOCH);
    }
}
