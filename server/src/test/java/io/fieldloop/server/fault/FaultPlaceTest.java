package io.fieldloop.server.fault;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which faults cannot act on one connection together. */
final class FaultPlaceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void refusesTwoThatDecideTheSameAndNamesBoth() {
        assertThatThrownBy(() -> FaultPlace.requireAllCanAct(
                        always(new HelloFault.OmitHello(), new TlsFault.StallTls(), new TlsFault.SendAlert(80))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stall-tls and send-alert on one connection: both decide how the TLS handshake ends;"
                        + " leave one out or give them different connections");
    }

    @Test
    void refusesWhatAnEarlierEndWouldSilence() {
        assertThatThrownBy(() -> FaultPlace.requireAllCanAct(
                        always(new UpgradeFault.AnswerStatus(403, null), new UpgradeFault.AnswerHttp10())))
                .hasMessageContaining("both decide the status of the answer");
        assertThatThrownBy(() -> FaultPlace.requireAllCanAct(
                        always(new HelloFault.UnpromptedHello(), new HelloFault.DelayHello(SECOND))))
                .hasMessageContaining("both decide when the hello is sent");
    }

    @Test
    void takesTheSameTwiceOnDifferentConnections() {
        assertThatCode(() -> FaultPlace.requireAllCanAct(
                        List.of(new Fault(new TlsFault.StallTls(), 1, 2), new Fault(new TlsFault.SendAlert(80), 3, 3))))
                .doesNotThrowAnyException();
    }

    @Test
    void takesDelaysBesideAnswersAndAnyNumberOfMessages() {
        assertThatCode(() -> FaultPlace.requireAllCanAct(always(
                        new TlsFault.DelayTls(SECOND),
                        new TlsFault.SendAlert(80),
                        new UpgradeFault.DelayResponse(SECOND),
                        new UpgradeFault.CloseBeforeResponse(),
                        new SessionFault.SendLargeText(1, SECOND),
                        new SessionFault.SendLargeText(2, SECOND))))
                .doesNotThrowAnyException();
    }

    private static List<Fault> always(FaultAction... actions) {
        return Stream.of(actions).map(Fault::always).toList();
    }
}
