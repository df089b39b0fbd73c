package io.fieldloop.device.event;

import java.util.Arrays;
import java.util.Locale;

/**
 * Why an attempt, a channel or a turn of a device ended: the closed vocabulary of the device's side.
 *
 * <p>It names what the device knows, not what happened: a redirect and a 403 are both {@link #UPGRADE_REFUSED}, since the firmware
 * looks no further than "not 101" (protocol reference 1.3).
 */
public enum FailureReason {
    DNS_FAILURE("the host name did not resolve"),
    TCP_REFUSED("the peer answered the connection attempt with a reset: nothing listens there"),
    TCP_TIMEOUT("no answer to the connection attempt within the device's limit"),
    TCP_RESET("the connection was reset or became unreachable while it was being opened"),
    TCP_UNREACHABLE("the device's network has no way to that address, such as to an IPv6 one from IPv4"),
    TLS_TIMEOUT("the TLS handshake stalled for longer than the device's receive limit"),
    TLS_EOF("the peer closed the connection in the middle of the TLS handshake"),
    TLS_NOT_TLS("the peer answered the ClientHello with something that is not TLS"),
    PROTOCOL_VERSION("no TLS version in common"),
    HANDSHAKE_FAILURE("no cipher suite, group or signature algorithm in common"),
    UNRECOGNIZED_NAME("the peer does not serve the requested server name"),
    PEER_ALERT("the peer aborted the TLS handshake with another fatal alert"),
    CERTIFICATE_EXPIRED("the server certificate's validity is over on the device's clock"),
    CERTIFICATE_NOT_YET_VALID("the server certificate is not yet valid on the device's clock"),
    CERTIFICATE_NAME_MISMATCH("the server certificate is for another name"),
    CERTIFICATE_UNTRUSTED("no chain from the server certificate to a root the device trusts"),
    CERTIFICATE_KEY_MISMATCH("the server's signature does not fit the key in its certificate"),
    HEAP_EXHAUSTED("the device had not enough memory for the TLS connection"),
    MODEM_NOT_READY("the modem did not come up: no answer, no SIM, no registration or no address"),
    MODEM_REFUSED("the modem answered with an error, and nothing had gone wrong on the network"),
    UPGRADE_TIMEOUT("no complete answer to the upgrade request within the device's limit"),
    UPGRADE_EOF("the peer closed the connection before it had answered the upgrade request"),
    UPGRADE_REFUSED("the answer to the upgrade request was not 101"),
    REDIRECT_LOOP("one redirect led to the next, without an end"),
    ACCEPT_MISSING("the 101 answer had no Sec-WebSocket-Accept header that this client could find"),
    ACCEPT_WRONG("the Sec-WebSocket-Accept header did not match the key sent"),
    RESPONSE_MALFORMED("the answer to the upgrade request was not a usable HTTP response"),
    RESPONSE_TOO_LARGE("the answer to the upgrade request did not fit the client's buffer"),
    CONNACK_TIMEOUT("no answer to the MQTT CONNECT within the device's limit"),
    CONNECT_REFUSED("the MQTT CONNECT was answered with a return code other than 0"),
    HELLO_TIMEOUT("no valid server hello within the device's limit"),
    UNSUPPORTED_TRANSPORT(
            "the server hello named a transport the device does not speak, and the device gave up at once"),
    INVALID_URL("the configured URL cannot be used"),
    NOT_CONFIGURED("the settings lack what the client needs, such as a topic to publish to"),
    VOICE_UNREACHABLE("the place for voice that the server hello named could not be reached"),
    CONNECTION_LOST("the connection broke: a reset, or an end nobody announced"),
    PONG_TIMEOUT("the server left the client's pings unanswered for longer than the client bears"),
    WRITE_TIMEOUT("what the device sent was not taken within the limit of its client"),
    CLOSED_BY_SERVER("the server closed the established channel"),
    CHANNEL_TIMEOUT("nothing arrived on the channel for longer than the device's idle limit"),
    CLOSED_BY_USER("the device's own side closed the channel or gave the attempt up"),
    CHANNEL_NOT_OPEN("a turn was asked for while no channel was open"),
    NO_REPLY("the user's patience ended before the reply did");

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String explanation;

    FailureReason(String explanation) {
        this.explanation = explanation;
    }

    /** The kebab-case word used in events, scenario files and reports. */
    public String wireName() {
        return wireName;
    }

    /** One sentence fragment for a person: what the device saw. */
    public String explanation() {
        return explanation;
    }

    /** The reason with that wire name. */
    public static FailureReason named(String wireName) {
        return Arrays.stream(values())
                .filter(reason -> reason.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown device failure reason '" + wireName
                        + "': expected one of "
                        + String.join(
                                ", ",
                                Arrays.stream(values())
                                        .map(FailureReason::wireName)
                                        .toList())
                        + "."));
    }

    @Override
    public String toString() {
        return wireName;
    }
}
