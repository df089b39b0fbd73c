package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.RefusalClass;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EventLinesTest {
    private final EventLines lines =
            new EventLines(InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z")), ZoneOffset.UTC);

    @Test
    void anEventWorthReadingIsOneLine() {
        lines.onEvent(new GatewayEvent.SessionClosed(
                new ConnectionId(3), CloseReason.By.DEVICE, CloseReason.DEVICE_CLOSED, 1000, Duration.ofMillis(1500)));
        lines.onEvent(
                new GatewayEvent.RefusalsSummarised(RefusalClass.RDP_SCAN, InetAddress.getLoopbackAddress(), 312));
        lines.onEvent(new GatewayEvent.PingSent(new ConnectionId(3)));
        assertThat(printed().lines())
                .containsExactly(
                        "12:00:00.000  c3 closed by device: device-closed, code 1000, after 1.500 s",
                        "12:00:00.000  refused 312 more of class rdp-scan from 127.0.0.1");
    }

    @Test
    void aDeviceCannotCommandTheTerminal() {
        lines.onEvent(new GatewayEvent.Upgraded(new ConnectionId(1), "\u001b[2J\r\nmine", "\u202eclient", "/", 1));
        assertThat(printed())
                .isEqualTo("12:00:00.000  c1 upgraded device ?[2J??mine, client ?client" + System.lineSeparator());
    }

    @Test
    void whatTheTerminalCannotTakeIsCounted() {
        for (int i = 0; i < 1005; i++) {
            lines.onEvent(new GatewayEvent.AlarmCleared(RefusalClass.EOF));
        }
        assertThat(printed())
                .endsWith("(5 lines left out: they came faster than they could be printed)" + System.lineSeparator());
    }

    private String printed() {
        StringWriter out = new StringWriter();
        lines.drain(new PrintWriter(out, true));
        return out.toString();
    }
}
