package io.fieldloop.device.modem.driver;

import io.fieldloop.device.attempt.AttemptFault;
import io.fieldloop.device.attempt.Endpoint;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.modem.NotLetIn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a broker was not reached by a modem's client, of which the device learns a number at most. */
record MqttRefusal(
        FailureReason reason,
        Phase phase,
        @Nullable Integer alertSent,
        @Nullable Integer alertReceived,
        @Nullable Integer status) {

    static MqttRefusal of(FailureReason reason, Phase phase) {
        return new MqttRefusal(reason, phase, null, null, null);
    }

    /** @param seen by the modem's client; null where the peer just closed */
    static MqttRefusal seen(@Nullable Throwable seen, Endpoint place) {
        if (seen == null) {
            return of(FailureReason.CLOSED_BY_SERVER, Phase.MQTT);
        }
        if (seen instanceof NotLetIn refused) {
            return new MqttRefusal(FailureReason.CONNECT_REFUSED, Phase.MQTT, null, null, refused.returnCode());
        }
        AttemptFault fault = AttemptFault.ofDial(seen, Phase.TCP, place);
        return new MqttRefusal(fault.reason(), fault.phase(), fault.alertSent(), fault.alertReceived(), null);
    }

    ConnectOutcome.Failed outcome(int number, String line, Duration elapsed) {
        return new ConnectOutcome.Failed(
                reason, Integer.toString(number), line, elapsed, phase, alertSent, alertReceived, status);
    }
}
