package io.fieldloop.server.fault;

import static io.fieldloop.server.fault.FaultPlace.HELLO_TEXT;
import static io.fieldloop.server.fault.FaultPlace.HELLO_TIME;
import static io.fieldloop.server.fault.FaultPlace.HELLO_UDP;
import static io.fieldloop.server.fault.FaultPlace.VOICE_SEQUENCE;

import io.fieldloop.server.event.FaultPhase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Acts on the gateway's hello. */
public sealed interface HelloFault extends FaultAction
        permits HelloFault.DelayHello,
                HelloFault.OmitHello,
                HelloFault.HelloTransport,
                HelloFault.HelloGarbage,
                HelloFault.UnpromptedHello,
                HelloFault.FailHello,
                HelloFault.OmitUdp,
                HelloFault.HelloUdp,
                HelloFault.VoiceSequence {
    @Override
    default FaultPhase phase() {
        return FaultPhase.HELLO;
    }

    @Does("Sends the gateway's hello this much later.")
    @Decides(HELLO_TIME)
    record DelayHello(@Param("How much later") Duration by) implements HelloFault {}

    @Does("Never sends the gateway's hello.")
    @Decides({HELLO_TIME, HELLO_TEXT})
    record OmitHello() implements HelloFault {}

    @Does("Sends a hello with another transport, or with none.")
    @Decides(HELLO_TEXT)
    record HelloTransport(
            @Param("The transport it names; absent for none") @Nullable
            String value) implements HelloFault {}

    @Does("Sends this text where the hello belongs.")
    @Decides(HELLO_TEXT)
    record HelloGarbage(@Param("What is sent") String text) implements HelloFault {}

    @Does("Sends the gateway's hello at once, before the device's.")
    @Decides(HELLO_TIME)
    record UnpromptedHello() implements HelloFault {}

    @Does(
            "Answers an MQTT hello as a gateway does that does not reach its chat server: goodbye without session, then an error.")
    @Decides({HELLO_TIME, HELLO_TEXT})
    record FailHello() implements HelloFault {}

    @Does("Leaves udp out of an MQTT hello.")
    @Decides(HELLO_UDP)
    record OmitUdp() implements HelloFault {}

    @Does("Puts other values into udp of an MQTT hello, such as an address nobody can reach.")
    @Decides(HELLO_UDP)
    record HelloUdp(
            @Param("Host it names") @Nullable String server,

            @Param(value = "Port it names", min = 0, max = 65535) @Nullable
            Integer port,

            @Param("Key it gives, as 32 hex digits") @Nullable
            String key,

            @Param("Nonce it gives, as 32 hex digits") @Nullable
            String nonce)
            implements HelloFault {}

    @Does("Counts the voice packets it sends from this number instead of 1.")
    @Decides(VOICE_SEQUENCE)
    record VoiceSequence(
            @Param(value = "Sequence of the first packet", min = 0, max = 0xffff_ffffL)
            long first) implements HelloFault {}
}
