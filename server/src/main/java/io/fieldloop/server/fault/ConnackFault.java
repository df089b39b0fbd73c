package io.fieldloop.server.fault;

import static io.fieldloop.server.fault.FaultPlace.CONNACK;

import io.fieldloop.server.event.FaultPhase;
import java.time.Duration;

/** Acts on the answer to an MQTT CONNECT that would have been accepted. */
public sealed interface ConnackFault extends FaultAction {
    @Override
    default FaultPhase phase() {
        return FaultPhase.CONNACK;
    }

    @Does("Answers the MQTT CONNECT with this code, and closes.")
    @Decides(CONNACK)
    record AnswerConnack(
            @Param(value = "Return code of MQTT 3.1.1, or reason code of MQTT 5", min = 1, max = 255)
            int code) implements ConnackFault {}

    @Does("Never answers the MQTT CONNECT.")
    @Decides(CONNACK)
    record StallConnack() implements ConnackFault {}

    @Does("Answers the MQTT CONNECT this much later.")
    @Decides(CONNACK)
    record DelayConnack(@Param("How much later") Duration by) implements ConnackFault {}
}
