package io.fieldloop.device.attempt;

import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.PhaseLimits;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/** The client of one transport during one attempt: where it goes, how it asks to be let in, its failures in the firmware's words. */
public interface TransportClient {

    /** Reports that the attempt begins. */
    void announce();

    /** Where the settings lead; null when this client can make nothing of them. */
    @Nullable
    Endpoint endpoint();

    /** How long it waits for what. */
    PhaseLimits limits();

    /** Adds its handlers, behind TLS; what comes of the connection goes to {@code opening}. */
    void addTo(ChannelPipeline pipeline, Opening opening);

    /** The phase in which it asks to be let in. */
    Phase phase();

    /** TCP, and TLS where the endpoint has it, are up: asks to be let in. */
    void open();

    /** The device's hello for this transport. */
    String hello();

    /** The URL this client goes to when it is sent to {@code location}. */
    String redirected(String location);

    /** Whether a connection that breaks before the server's hello ends the attempt; the xiaozhi clients sit out their limit. */
    boolean noticesLoss();

    /** The attempt is over without success: nothing is to be heard of the connection any more. */
    void silence();

    /** Puts a fault into the words and codes of this client. */
    FailureReport report(AttemptFault fault);
}
