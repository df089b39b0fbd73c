package io.fieldloop.server.fault;

import static io.fieldloop.server.fault.FaultPlace.ACCEPT_HEADER;
import static io.fieldloop.server.fault.FaultPlace.FIRST_FRAME;
import static io.fieldloop.server.fault.FaultPlace.HEADER_NAMES;
import static io.fieldloop.server.fault.FaultPlace.HELLO_TIME;
import static io.fieldloop.server.fault.FaultPlace.RESPONSE_TIME;
import static io.fieldloop.server.fault.FaultPlace.RESPONSE_WRITES;
import static io.fieldloop.server.fault.FaultPlace.STATUS_LINE;

import io.fieldloop.server.event.FaultPhase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Acts on the answer to an upgrade request that would have been accepted. */
public sealed interface UpgradeFault extends FaultAction {
    @Override
    default FaultPhase phase() {
        return FaultPhase.UPGRADE_RESPONSE;
    }

    /** Sends nothing where the answer belongs. */
    @Decides({STATUS_LINE, ACCEPT_HEADER, HEADER_NAMES, RESPONSE_WRITES, FIRST_FRAME})
    sealed interface ResponseWithheld extends UpgradeFault {}

    /** Answers with something else than a 101, and closes. */
    @Decides({STATUS_LINE, ACCEPT_HEADER, HEADER_NAMES, FIRST_FRAME})
    sealed interface ResponseReplaced extends UpgradeFault {}

    @Does("Answers the upgrade with this status, and a body if one is given.")
    record AnswerStatus(
            @Param(value = "HTTP status", min = 100, max = 999)
            int status,

            @Param("Body of the answer") @Nullable String body)
            implements ResponseReplaced {}

    @Does("Redirects the upgrade to another URL, as a front that enforces wss:// does.")
    record Redirect(
            @Param("URL in the Location header") String to,

            @Param(value = "HTTP status", fallback = "301", min = 300, max = 399)
            int status)
            implements ResponseReplaced {}

    @Does("Writes the header names of the 101 in another case.")
    @Decides(HEADER_NAMES)
    record HeaderCase(@Param("How header names are written") Style style) implements UpgradeFault {
        /** How header names are written. */
        public enum Style {
            LOWER,
            UPPER,
            CANONICAL,
            /** {@code Sec-Websocket-Accept}, as some proxies write it. */
            SEC_WEBSOCKET_LOWER
        }
    }

    @Does("Leaves Sec-WebSocket-Accept out of the 101.")
    @Decides(ACCEPT_HEADER)
    record OmitAccept() implements UpgradeFault {}

    @Does("Sends a Sec-WebSocket-Accept that does not belong to the key.")
    @Decides(ACCEPT_HEADER)
    record WrongAccept() implements UpgradeFault {}

    @Does("Answers 101 with HTTP/1.0 in the status line.")
    @Decides(STATUS_LINE)
    record AnswerHttp10() implements UpgradeFault {}

    @Does("Answers 200 with a small page, as when a proxy does not forward the Upgrade header.")
    record DropUpgradeHeaders() implements ResponseReplaced {}

    @Does("Sends the 101 in pieces of this many bytes, one per interval.")
    @Decides(RESPONSE_WRITES)
    record SplitResponse(
            @Param(value = "Bytes in each piece", fallback = "1", min = 1, max = 1 << 20)
            int bytes,

            @Param("Time between pieces") Duration every)
            implements UpgradeFault {}

    @Does("Throws an exception while the upgrade is judged, as a defect of the gateway does.")
    @Decides(RESPONSE_TIME)
    record ThrowBeforeResponse() implements ResponseWithheld {}

    @Does("Never answers the upgrade.")
    record StallResponse() implements ResponseWithheld {}

    @Does("Answers the upgrade this much later.")
    @Decides(RESPONSE_TIME)
    record DelayResponse(@Param("How much later") Duration by) implements UpgradeFault {}

    @Does("Closes the connection in order instead of answering the upgrade.")
    record CloseBeforeResponse() implements ResponseWithheld {}

    @Does("Resets the connection instead of answering the upgrade.")
    record ResetBeforeResponse() implements ResponseWithheld {}

    @Does("Sends the gateway's hello in the same write as the 101.")
    @Decides({RESPONSE_WRITES, FIRST_FRAME, HELLO_TIME})
    record FirstFrameWithResponse() implements UpgradeFault {}

    @Does(
            "Sends this text as the whole answer; {accept} in it stands for the right Sec-WebSocket-Accept, {pad:900} for 900 letters x.")
    @Decides({STATUS_LINE, ACCEPT_HEADER, HEADER_NAMES})
    record RawResponse(@Param("The whole answer") String text) implements UpgradeFault {}
}
