package io.fieldloop.scenario.cli.serve;

import io.fieldloop.scenario.report.text.TimeText;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.event.VoiceQuality;
import io.fieldloop.server.event.WireNames;
import io.netty.util.NetUtil;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Says in a few words what an event means to the person who watches a gateway; most events mean nothing. */
final class EventText {
    /** Enough of an RDP cookie or a request line to know it by. */
    private static final int FIRST_BYTES_SHOWN = 72;

    private final Map<Class<?>, Function<GatewayEvent, String>> texts = new HashMap<>();

    EventText() {
        on(GatewayEvent.HandshakeRefused.class, event -> refused(event.refusal()));
        on(
                GatewayEvent.SourcePassedOn.class,
                event -> "comes from " + NetUtil.toAddressString(event.source()) + ", says its front by " + event.by());
        on(
                GatewayEvent.ForwardedSourceIgnored.class,
                event -> "ignored " + event.header() + " '" + event.value() + "' of "
                        + NetUtil.toAddressString(event.source())
                        + switch (event.because()) {
                            case NOT_TRUSTED -> ", which is not trusted (--trust-proxy names a front)";
                            case NO_ADDRESS -> ", which is no address";
                            case NOT_READ ->
                                "; whom the front speaks for is read from X-Forwarded-For, Forwarded or the PROXY protocol";
                        });
        on(
                GatewayEvent.RefusalsSummarised.class,
                event -> "refused " + event.repeats() + " more of class "
                        + event.refusalClass().wireName()
                        + (event.source() == null ? "" : " from " + NetUtil.toAddressString(event.source())));
        on(
                GatewayEvent.AlarmRaised.class,
                event -> "alarm: " + event.refusalClass().wireName() + ", more than " + event.perSecond()
                        + " per second");
        on(
                GatewayEvent.AlarmCleared.class,
                event -> "alarm over: " + event.refusalClass().wireName());
        on(
                GatewayEvent.SourceBanned.class,
                event -> "banned " + NetUtil.toAddressString(event.source()) + " for " + TimeText.of(event.lasting()));
        on(GatewayEvent.SourceBanExpired.class, event -> "ban over for " + NetUtil.toAddressString(event.source()));
        onSessions();
        onOta();
    }

    /** Empty for what is not worth a line. */
    Optional<String> of(GatewayEvent event) {
        return Optional.ofNullable(texts.get(event.getClass())).map(text -> text.apply(event));
    }

    private void onOta() {
        on(
                GatewayEvent.OtaAnswered.class,
                event -> "OTA check of " + event.deviceId() + " answered with " + event.status() + ", offers "
                        + event.offers()
                        + (event.firmware() == null ? "" : " and firmware " + event.firmware())
                        + (event.activation() ? " and a code" : ""));
        on(
                GatewayEvent.ActivationAnswered.class,
                event -> "activation of " + event.deviceId() + " answered with " + event.status());
        on(
                GatewayEvent.FirmwareSent.class,
                event -> "firmware sent, " + event.bytes() + " of " + event.of() + " bytes");
    }

    private void onSessions() {
        on(
                GatewayEvent.Upgraded.class,
                event -> "upgraded device " + event.deviceId() + ", client " + event.clientId());
        on(
                GatewayEvent.MqttConnected.class,
                event -> "MQTT client " + event.clientId() + ", level " + event.level() + ", keep-alive "
                        + TimeText.of(event.keepAlive()));
        on(GatewayEvent.Subscribed.class, event -> "subscribed to " + event.filter() + ", QoS " + event.qos());
        on(
                GatewayEvent.VoiceAddressLearned.class,
                event -> (event.rebound() ? "voice moved to " : "voice goes to ")
                        + NetUtil.toAddressString(event.source()) + " port " + event.port());
        on(
                GatewayEvent.VoicePacketRefused.class,
                event -> "voice packet refused: " + event.reason().wireName());
        on(GatewayEvent.VoiceClosed.class, event -> voice(event.quality()));
        on(
                GatewayEvent.StrangerDatagram.class,
                event -> "datagram of a stranger from " + NetUtil.toAddressString(event.source()) + " on "
                        + event.listener() + ": " + event.reason().wireName());
        on(
                GatewayEvent.SecurityNote.class,
                event -> "security note: " + WireNames.kebab(event.weakness().name()) + ", "
                        + meaning(event.weakness()));
        on(GatewayEvent.HelloSent.class, event -> "online, session " + event.sessionId());
        on(
                GatewayEvent.AudioReceived.class,
                event -> "heard " + event.frames() + " frames, " + event.bytes() + " bytes");
        on(
                GatewayEvent.AudioSent.class,
                event -> "answered " + event.frames() + " frames, " + event.bytes() + " bytes");
        on(
                GatewayEvent.ProtocolError.class,
                event -> "broke the protocol: " + WireNames.kebab(event.reason().name())
                        + (event.detail() == null ? "" : ", " + event.detail()));
        on(
                GatewayEvent.SessionClosed.class,
                event -> "closed by " + WireNames.kebab(event.by().name()) + ": "
                        + event.reason().wireName()
                        + (event.code() == null ? "" : ", code " + event.code()) + ", after "
                        + TimeText.of(event.duration()));
        on(
                GatewayEvent.AcceptFailed.class,
                event -> "cannot accept on " + event.listener() + ": " + event.error()
                        + "; with too many open files, raise the limit (ulimit -n)");
        on(
                GatewayEvent.LiveFaultBegan.class,
                event -> "fault " + event.number() + " on: " + event.what()
                        + (event.lasting() == null ? "" : ", for " + TimeText.of(event.lasting())));
        on(
                GatewayEvent.LiveFaultEnded.class,
                event -> "fault " + event.number() + (event.removed() ? " taken off: " : " over: ") + event.what());
        on(GatewayEvent.CertificateSwapped.class, event -> "certificate swapped for " + event.serverName());
    }

    private static String voice(VoiceQuality quality) {
        return "voice over: " + quality.received() + " packets heard, " + quality.lost() + " lost, " + quality.late()
                + " late, jitter " + TimeText.of(quality.jitter())
                + (quality.mos() == null ? "" : ", MOS " + quality.mos()) + ", " + quality.sent() + " sent";
    }

    private static String meaning(GatewayEvent.SecurityNote.Weakness weakness) {
        return switch (weakness) {
            case KEYSTREAM_SHARED ->
                "the protocol encrypts both directions of voice with one keystream, whatever is set here";
            case DOWNLINK_TAKEN ->
                "an old packet from elsewhere drew the voice to where it came from, as xiaozhi-mqtt-gateway lets it";
        };
    }

    private static String refused(Refusal refusal) {
        StringBuilder text =
                new StringBuilder("refused ").append(refusal.reason().wireName());
        if (refusal.status() != null) {
            text.append(", status ").append(refusal.status());
        }
        if (refusal.alert() != null) {
            text.append(", TLS alert ").append(refusal.alert());
        }
        text.append(", from ").append(NetUtil.toAddressString(refusal.source()));
        text.append(" on ").append(refusal.listener());
        text.append(" after ").append(TimeText.of(refusal.elapsed()));
        if (refusal.reason() == RefusalReason.RATE_LIMITED) {
            text.append(", because the address is banned (--exempt spares it)");
        }
        if (refusal.detail() != null) {
            text.append(", because of '").append(refusal.detail()).append('\'');
        }
        if (!refusal.firstBytes().isEmpty()) {
            text.append(": ").append(beginning(refusal.firstBytes()));
        }
        return text.toString();
    }

    private static String beginning(String firstBytes) {
        return firstBytes.length() <= FIRST_BYTES_SHOWN
                ? firstBytes
                : firstBytes.substring(0, FIRST_BYTES_SHOWN) + "...";
    }

    private <E extends GatewayEvent> void on(Class<E> type, Function<E, String> text) {
        texts.put(type, event -> text.apply(type.cast(event)));
    }
}
