package io.fieldloop.server.fault;

import static io.fieldloop.server.fault.FaultPlace.OTA_BODY;
import static io.fieldloop.server.fault.FaultPlace.OTA_CLOCK;
import static io.fieldloop.server.fault.FaultPlace.OTA_END;
import static io.fieldloop.server.fault.FaultPlace.OTA_FIRMWARE;
import static io.fieldloop.server.fault.FaultPlace.OTA_FRAMING;
import static io.fieldloop.server.fault.FaultPlace.OTA_IMAGE;
import static io.fieldloop.server.fault.FaultPlace.OTA_PROTOCOLS;
import static io.fieldloop.server.fault.FaultPlace.OTA_STATUS;
import static io.fieldloop.server.fault.FaultPlace.OTA_TIME;

import io.fieldloop.server.event.FaultPhase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One way to bend the answer of the OTA listener; each connection there is one request: a check, an activation or a download.
 *
 * <p>What concerns only one of them does nothing to the others, and is not reported there.
 */
public sealed interface OtaFault extends FaultAction
        permits OtaFault.OtaWithheld,
                OtaFault.OtaReplaced,
                OtaFault.CheckFault,
                OtaFault.DownloadFault,
                OtaFault.RawOta,
                OtaFault.DelayOta,
                OtaFault.ChunkOtaBody,
                OtaFault.OmitContentLength {
    @Override
    default FaultPhase phase() {
        return FaultPhase.OTA;
    }

    /** Sends nothing where the answer belongs. */
    @Decides({OTA_STATUS, OTA_FRAMING, OTA_TIME, OTA_BODY})
    sealed interface OtaWithheld extends OtaFault {}

    /** Answers with something else. */
    @Decides({OTA_STATUS, OTA_BODY})
    sealed interface OtaReplaced extends OtaFault {}

    /** Bends what a check hands out. */
    sealed interface CheckFault extends OtaFault {}

    /** Bends a download of firmware. */
    sealed interface DownloadFault extends OtaFault permits StopDownload, MergedImage {}

    @Does("Never answers the OTA request.")
    record StallOta() implements OtaWithheld {}

    @Does("Closes the connection in order instead of answering the OTA request.")
    record CloseBeforeOta() implements OtaWithheld {}

    @Does("Resets the connection instead of answering the OTA request.")
    record ResetBeforeOta() implements OtaWithheld {}

    @Does("Sends this text as the whole answer to the OTA request.")
    @Decides({OTA_STATUS, OTA_FRAMING, OTA_BODY, OTA_END})
    record RawOta(
            @Param("The whole answer") String text,

            @Param(value = "What becomes of the connection", fallback = "close")
            StopDownload.How how)
            implements OtaFault {}

    @Does("Answers the OTA request this much later.")
    @Decides(OTA_TIME)
    record DelayOta(@Param("How much later") Duration by) implements OtaFault {}

    @Does("Answers the OTA request with this status, and a body if one is given.")
    record OtaStatus(
            @Param(value = "HTTP status", min = 100, max = 999)
            int status,

            @Param("Body of the answer") @Nullable String body)
            implements OtaReplaced {}

    @Does("Redirects the OTA request to another URL, as a front that enforces https:// does.")
    record OtaRedirect(
            @Param("URL in the Location header") String to,

            @Param(value = "HTTP status", fallback = "301", min = 300, max = 399)
            int status)
            implements OtaReplaced {}

    @Does("Answers 200 with an error object, as manager-api does whatever went wrong in it.")
    record OtaErrorObject() implements OtaReplaced {}

    @Does("Sends the body in chunks, without Content-Length, as a proxy that buffers nothing does.")
    @Decides(OTA_FRAMING)
    record ChunkOtaBody(
            @Param(
                    value = "How much later than the first half of a text the line end behind that chunk comes",
                    fallback = "0s")
            Duration lineEndLater)
            implements OtaFault {}

    @Does("Leaves Content-Length out; the body ends with the connection.")
    @Decides(OTA_FRAMING)
    record OmitContentLength() implements OtaFault {}

    @Does("Hands out addresses with this host, as a server in a container that takes its own for the public one.")
    @Decides(OTA_PROTOCOLS)
    record HandOutHost(
            @Param(value = "The host in what is handed out", fallback = "172.18.0.2")
            String host) implements CheckFault {}

    @Does("Offers MQTT at this address beside the WebSocket; a device that is offered both takes MQTT.")
    @Decides(OTA_PROTOCOLS)
    record OfferMqttToo(
            @Param(value = "Host and port", fallback = "gateway.test:1883")
            String endpoint) implements CheckFault {}

    @Does("Offers neither WebSocket nor MQTT.")
    @Decides(OTA_PROTOCOLS)
    record OfferNothing() implements CheckFault {}

    @Does("Offers firmware of this version, whatever the image is.")
    @Decides(OTA_FIRMWARE)
    record OfferVersion(
            @Param("The text of the version") String version,

            @Param(value = "Whether to install it even where it is not newer", fallback = "false")
            boolean force)
            implements CheckFault {}

    @Does("Hands out the first link to firmware again and again, as a front that caches answers does.")
    @Decides(OTA_FIRMWARE)
    record RepeatLink() implements CheckFault {}

    @Does("Hands out an activation code without a challenge, which no device can answer.")
    @Decides(OTA_BODY)
    record OmitChallenge() implements CheckFault {}

    @Does("Hands out a server_time that is this much ahead of the right time.")
    @Decides(OTA_CLOCK)
    record ShiftServerTime(@Param("How far ahead") Duration by) implements CheckFault {}

    @Does("Leaves server_time out.")
    @Decides(OTA_CLOCK)
    record OmitServerTime() implements CheckFault {}

    @Does("Stops in the middle of the firmware.")
    @Decides(OTA_END)
    record StopDownload(
            @Param(value = "After how much of it, in per cent", fallback = "60", min = 0, max = 99)
            int percent,

            @Param(value = "What becomes of the connection", fallback = "close")
            How how)
            implements DownloadFault {
        /** How a download stops. */
        public enum How {
            CLOSE,
            RESET,
            STALL
        }
    }

    @Does("Serves a merged image, made for the start of the flash, where the image of the application belongs.")
    @Decides(OTA_IMAGE)
    record MergedImage() implements DownloadFault {}
}
