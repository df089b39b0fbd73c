package io.fieldloop.qemu.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class QmpChannelTest {
    private final QmpChannel qmp = new QmpChannel();
    private final EmbeddedChannel channel = new EmbeddedChannel(qmp);

    @Test
    void isReadyOnceItsCapabilitiesAreAccepted() {
        assertThat(qmp.isReady()).isFalse();

        channel.writeInbound("{\"QMP\": {\"version\": {\"qemu\": {\"major\": 7}}, \"capabilities\": [\"oob\"]}}");
        assertThat(channel.<String>readOutbound()).isEqualTo("{\"execute\":\"qmp_capabilities\"}\n");
        assertThat(qmp.isReady()).isFalse();

        channel.writeInbound("{\"return\": {}}");
        assertThat(qmp.isReady()).isTrue();
    }

    @Test
    void matchesAnswersToCommandsAndPassesOverEvents() {
        becomeReady();
        CompletableFuture<Void> reset = qmp.command("system_reset");
        CompletableFuture<Void> bad = qmp.command("bad");

        channel.writeInbound("{\"timestamp\": {\"seconds\": 1}, \"event\": \"RESET\", \"data\": {\"guest\": false}}");
        assertThat(reset).isNotDone();
        channel.writeInbound("{\"return\": {}}");
        channel.writeInbound(
                "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command bad has not been found\"}}");

        assertThat(reset).isCompleted();
        assertThatThrownBy(bad::join).hasRootCauseMessage("QEMU refuses: The command bad has not been found.");
    }

    @Test
    void failsWhatIsUnansweredWhenQemuHangsUp() {
        becomeReady();
        CompletableFuture<Void> reset = qmp.command("system_reset");

        channel.close();

        assertThatThrownBy(reset::join).hasRootCauseMessage("QEMU closed its control socket.");
        assertThatThrownBy(qmp.command("quit")::join)
                .hasRootCauseMessage("QEMU's control socket is closed, so quit cannot be asked of it.");
    }

    @Test
    void hangsUpOnWhatIsNoQmp() {
        channel.writeInbound("HTTP/1.1 400 Bad Request");
        assertThat(channel.isOpen()).isFalse();
        assertThat(qmp.ready()).isCompletedExceptionally();
    }

    private void becomeReady() {
        channel.writeInbound("{\"QMP\": {}}", "{\"return\": {}}");
        channel.readOutbound();
    }
}
