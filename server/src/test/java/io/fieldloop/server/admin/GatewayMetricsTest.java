package io.fieldloop.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.RecordingListener;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.RefusalClass;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatewayMetricsTest {
    private static final ConnectionId CONNECTION = new ConnectionId(1);

    private final GatewayMetrics metrics = new GatewayMetrics();

    @Test
    void handshakesAreTimedByTlsVersion() {
        metrics.onEvent(new GatewayEvent.TlsEstablished(
                CONNECTION, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", null, false, Duration.ofMillis(200)));
        assertThat(metrics.scrape())
                .contains("fieldloop_tls_handshake_seconds_bucket{version=\"TLSv1.2\",le=\"0.1\"} 0")
                .contains("fieldloop_tls_handshake_seconds_bucket{version=\"TLSv1.2\",le=\"0.25\"} 1")
                .contains("fieldloop_tls_handshake_seconds_sum{version=\"TLSv1.2\"} 0.2");
    }

    @Test
    void whatADeviceWritesDoesNotBecomeATimeSeries() {
        metrics.onEvent(new GatewayEvent.MessageReceived(CONNECTION, "listen", "start"));
        metrics.onEvent(new GatewayEvent.MessageReceived(CONNECTION, "made-up-1", null));
        metrics.onEvent(new GatewayEvent.MessageReceived(CONNECTION, "made-up-2", null));
        assertThat(metrics.scrape())
                .contains("fieldloop_messages_total{direction=\"received\",type=\"listen\"} 1.0")
                .contains("fieldloop_messages_total{direction=\"received\",type=\"other\"} 2.0")
                .doesNotContain("made-up");
    }

    @Test
    void bansAreCountedAndThoseInForceShown() throws Exception {
        InetAddress source = InetAddress.getLoopbackAddress();
        metrics.onEvent(new GatewayEvent.SourceBanned(source, Duration.ofMinutes(1)));
        metrics.onEvent(new GatewayEvent.SourceBanned(source, Duration.ofMinutes(1)));
        metrics.onEvent(new GatewayEvent.SourceBanExpired(source));
        assertThat(metrics.scrape()).contains("fieldloop_bans_total 2.0").contains("fieldloop_sources_banned 1.0");
    }

    @Test
    void audioAlarmsAndEndsAreCounted() {
        metrics.onEvent(new GatewayEvent.AudioReceived(CONNECTION, 33, 3960));
        metrics.onEvent(new GatewayEvent.AlarmRaised(RefusalClass.RDP_SCAN, 10));
        metrics.onEvent(new GatewayEvent.SessionClosed(
                CONNECTION, CloseReason.By.DEVICE, CloseReason.DEVICE_DROPPED, null, Duration.ofSeconds(1)));
        assertThat(metrics.scrape())
                .contains("fieldloop_audio_frames_total{direction=\"received\"} 33.0")
                .contains("fieldloop_audio_bytes_total{direction=\"received\"} 3960.0")
                .contains("fieldloop_alarms_total{class=\"rdp-scan\"} 1.0")
                .contains("fieldloop_sessions_closed_total{by=\"device\",reason=\"device-dropped\"} 1.0");
    }

    @Test
    void aSecondListenerHearsEverythingToo() {
        RecordingListener journal = new RecordingListener();
        metrics.and(journal).onEvent(new GatewayEvent.GatewayStarted());
        assertThat(journal.kinds()).containsExactly("gateway-started");
    }
}
