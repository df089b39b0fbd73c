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
                        always(new FaultAction.OmitHello(), new FaultAction.StallTls(), new FaultAction.SendAlert(80))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stall-tls and send-alert on one connection: both decide how the TLS handshake ends;"
                        + " leave one out or give them different connections");
    }

    @Test
    void refusesWhatAnEarlierEndWouldSilence() {
        assertThatThrownBy(() -> FaultPlace.requireAllCanAct(
                        always(new FaultAction.AnswerStatus(403, null), new FaultAction.AnswerHttp10())))
                .hasMessageContaining("both decide the status of the answer");
        assertThatThrownBy(() -> FaultPlace.requireAllCanAct(
                        always(new FaultAction.UnpromptedHello(), new FaultAction.DelayHello(SECOND))))
                .hasMessageContaining("both decide when the hello is sent");
    }

    @Test
    void takesTheSameTwiceOnDifferentConnections() {
        assertThatCode(() -> FaultPlace.requireAllCanAct(List.of(
                        new Fault(new FaultAction.StallTls(), 1, 2), new Fault(new FaultAction.SendAlert(80), 3, 3))))
                .doesNotThrowAnyException();
    }

    @Test
    void takesDelaysBesideAnswersAndAnyNumberOfMessages() {
        assertThatCode(() -> FaultPlace.requireAllCanAct(always(
                        new FaultAction.DelayTls(SECOND),
                        new FaultAction.SendAlert(80),
                        new FaultAction.DelayResponse(SECOND),
                        new FaultAction.CloseBeforeResponse(),
                        new FaultAction.SendLargeText(1, SECOND),
                        new FaultAction.SendLargeText(2, SECOND))))
                .doesNotThrowAnyException();
    }

    private static List<Fault> always(FaultAction... actions) {
        return Stream.of(actions).map(Fault::always).toList();
    }
}
