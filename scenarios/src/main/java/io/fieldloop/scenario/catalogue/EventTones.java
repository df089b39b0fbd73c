package io.fieldloop.scenario.catalogue;

import static io.fieldloop.scenario.catalogue.Tone.BAD;
import static io.fieldloop.scenario.catalogue.Tone.GOOD;
import static io.fieldloop.scenario.catalogue.Tone.PLAIN;
import static io.fieldloop.scenario.catalogue.Tone.WARN;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.NameReply;
import io.fieldloop.qemu.runner.EmulationEnd;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.scenario.adversary.AdversaryEvent;
import io.fieldloop.scenario.adversary.ClosedBy;
import io.fieldloop.scenario.adversary.ConnectFailure;
import io.fieldloop.scenario.catalogue.Tone.Scale;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.RefusalReason;
import java.util.HashMap;
import java.util.Map;

/** The tone of every kind of event. A test holds that none is forgotten. */
final class EventTones {
    private static final String REASON = "reason";
    private static final Map<Class<?>, Scale> ALL = new EventTones().all;

    private final Map<Class<?>, Scale> all = new HashMap<>();

    private EventTones() {
        ofGateway();
        ofDevice();
        ofFirmware();
        ofLink();
        set(
                PLAIN,
                AdversaryEvent.AttackBegan.class,
                AdversaryEvent.ProbeSent.class,
                AdversaryEvent.ProbeEnded.class,
                AdversaryEvent.AttackEnded.class,
                ScenarioEvent.StepBegan.class,
                ScenarioEvent.StepEnded.class,
                ScenarioEvent.SessionCount.class,
                ScenarioEvent.GeneratorMeasured.class);
        set(WARN, AdversaryEvent.ConnectFailed.class, ScenarioEvent.InterruptedNobody.class);
        but(AdversaryEvent.ProbeEnded.class, "closed-by", WARN, ClosedBy.DEADLINE);
        but(AdversaryEvent.ConnectFailed.class, REASON, PLAIN, ConnectFailure.STOPPED);
    }

    static boolean has(Class<?> event) {
        return ALL.containsKey(event);
    }

    static Scale of(Class<?> event) {
        return ALL.getOrDefault(event, Scale.of(PLAIN));
    }

    private void ofGateway() {
        set(
                GOOD,
                GatewayEvent.TlsEstablished.class,
                GatewayEvent.Upgraded.class,
                GatewayEvent.MqttConnected.class,
                GatewayEvent.VoiceOpened.class,
                GatewayEvent.HelloReceived.class,
                GatewayEvent.HelloSent.class,
                GatewayEvent.AlarmCleared.class,
                GatewayEvent.GatewayStarted.class);
        set(
                PLAIN,
                GatewayEvent.ConnectionOpened.class,
                GatewayEvent.SourcePassedOn.class,
                GatewayEvent.MessageReceived.class,
                GatewayEvent.MessageSent.class,
                GatewayEvent.AudioReceived.class,
                GatewayEvent.AudioSent.class,
                GatewayEvent.PingReceived.class,
                GatewayEvent.PingSent.class,
                GatewayEvent.PongReceived.class,
                GatewayEvent.Published.class,
                GatewayEvent.Subscribed.class,
                GatewayEvent.Unsubscribed.class,
                GatewayEvent.VoiceAddressLearned.class,
                GatewayEvent.VoiceClosed.class,
                GatewayEvent.SourceBanExpired.class,
                GatewayEvent.OtaAnswered.class,
                GatewayEvent.ActivationAnswered.class,
                GatewayEvent.FirmwareSent.class,
                GatewayEvent.CertificateSwapped.class,
                GatewayEvent.LiveFaultEnded.class);
        set(
                WARN,
                GatewayEvent.ForwardedSourceIgnored.class,
                GatewayEvent.HandshakeRefused.class,
                GatewayEvent.RefusalsSummarised.class,
                GatewayEvent.SourceBanned.class,
                GatewayEvent.ProtocolError.class,
                GatewayEvent.VoicePacketRefused.class,
                GatewayEvent.StrangerDatagram.class,
                GatewayEvent.SecurityNote.class,
                GatewayEvent.SessionClosed.class,
                GatewayEvent.FaultApplied.class,
                GatewayEvent.LiveFaultBegan.class,
                GatewayEvent.GatewayStopped.class);
        set(BAD, GatewayEvent.AcceptFailed.class, GatewayEvent.AlarmRaised.class);
        but(GatewayEvent.HandshakeRefused.class, REASON, BAD, RefusalReason.INTERNAL_ERROR);
        but(GatewayEvent.ProtocolError.class, REASON, BAD, GatewayEvent.ProtocolError.Reason.INTERNAL_ERROR);
        but(GatewayEvent.SessionClosed.class, REASON, BAD, CloseReason.INTERNAL_ERROR);
        // The firmware closes without a close frame: to be dropped is how a session usually ends.
        but(
                GatewayEvent.SessionClosed.class,
                REASON,
                PLAIN,
                CloseReason.DEVICE_CLOSED,
                CloseReason.DEVICE_DROPPED,
                CloseReason.IDLE,
                CloseReason.GATEWAY_STOPPED);
    }

    private void ofDevice() {
        set(
                GOOD,
                DeviceEvent.NameResolved.class,
                DeviceEvent.TcpConnected.class,
                DeviceEvent.TlsEstablished.class,
                DeviceEvent.Upgraded.class,
                DeviceEvent.MqttConnected.class,
                DeviceEvent.MqttAcknowledged.class,
                DeviceEvent.Online.class,
                DeviceEvent.OtaChecked.class,
                DeviceEvent.UpdateInstalled.class,
                DeviceEvent.TurnCompleted.class);
        set(
                PLAIN,
                DeviceEvent.StateChanged.class,
                DeviceEvent.Log.class,
                DeviceEvent.AttemptStarted.class,
                DeviceEvent.MessageSent.class,
                DeviceEvent.MessageReceived.class,
                DeviceEvent.AudioSent.class,
                DeviceEvent.AudioReceived.class,
                DeviceEvent.PongSent.class,
                DeviceEvent.MqttReconnectScheduled.class,
                DeviceEvent.MqttPublished.class,
                DeviceEvent.MqttReceived.class,
                DeviceEvent.VoiceKeyed.class,
                DeviceEvent.VoiceClosed.class,
                DeviceEvent.FirmwareStarted.class,
                DeviceEvent.ButtonPressed.class,
                DeviceEvent.OtaCheckBegan.class,
                DeviceEvent.OtaRetryScheduled.class,
                DeviceEvent.ClockSet.class,
                DeviceEvent.ProtocolChosen.class,
                DeviceEvent.ActivationShown.class,
                DeviceEvent.ActivationTried.class,
                DeviceEvent.UpdateBegan.class,
                DeviceEvent.ModemSetUp.class,
                DeviceEvent.ReconnectScheduled.class);
        set(WARN, DeviceEvent.VoiceRefused.class, DeviceEvent.VoiceGap.class, DeviceEvent.ModemFault.class);
        set(
                BAD,
                DeviceEvent.MqttRefused.class,
                DeviceEvent.MqttDropped.class,
                DeviceEvent.MqttDisconnected.class,
                DeviceEvent.Refused.class,
                DeviceEvent.OtaCheckFailed.class,
                DeviceEvent.OtaGivenUp.class,
                DeviceEvent.UpdateFailed.class,
                DeviceEvent.Aborted.class,
                DeviceEvent.RolledBack.class,
                DeviceEvent.Offline.class,
                DeviceEvent.TurnInterrupted.class,
                DeviceEvent.TurnFailed.class);
        but(DeviceEvent.Log.class, "level", BAD, LogLevel.ERROR);
        but(DeviceEvent.Log.class, "level", WARN, LogLevel.WARN);
        but(DeviceEvent.Refused.class, REASON, PLAIN, FailureReason.CLOSED_BY_USER);
        but(DeviceEvent.Offline.class, REASON, PLAIN, FailureReason.CLOSED_BY_USER);
        but(DeviceEvent.TurnFailed.class, REASON, PLAIN, FailureReason.CLOSED_BY_USER);
    }

    private void ofFirmware() {
        set(PLAIN, FirmwareEvent.Booted.class, FirmwareEvent.PartitionAdded.class);
        set(
                WARN,
                FirmwareEvent.Reset.class,
                FirmwareEvent.ConsoleFull.class,
                FirmwareEvent.LoaderMissing.class,
                FirmwareEvent.PowerLost.class);
        set(
                BAD,
                FirmwareEvent.WatchdogReset.class,
                FirmwareEvent.WatchdogTriggered.class,
                FirmwareEvent.Brownout.class,
                FirmwareEvent.GuruMeditation.class,
                FirmwareEvent.Panic.class,
                FirmwareEvent.BootLoop.class,
                FirmwareEvent.Silent.class,
                FirmwareEvent.Exited.class);
        but(FirmwareEvent.Exited.class, REASON, PLAIN, EmulationEnd.Reason.STOPPED);
        but(FirmwareEvent.Exited.class, REASON, WARN, EmulationEnd.Reason.KILLED);
    }

    private void ofLink() {
        set(GOOD, LinkEvent.OutageEnded.class);
        set(
                PLAIN,
                LinkEvent.PathOpened.class,
                LinkEvent.NameAsked.class,
                LinkEvent.NameAnswered.class,
                LinkEvent.Promoted.class,
                LinkEvent.Retransmitted.class,
                LinkEvent.DatagramsPassed.class,
                LinkEvent.Finished.class,
                LinkEvent.Closed.class);
        set(
                WARN,
                LinkEvent.Dropped.class,
                LinkEvent.EgressDenied.class,
                LinkEvent.NameAnswerRefused.class,
                LinkEvent.OutageBegan.class,
                LinkEvent.Handover.class,
                LinkEvent.NatExpired.class,
                LinkEvent.QueueFull.class,
                LinkEvent.Reset.class,
                LinkEvent.Blackholed.class,
                LinkEvent.UpgradeBlocked.class);
        set(BAD, LinkEvent.PathRefused.class);
        but(LinkEvent.NameAnswered.class, "answer", BAD, NameReply.SERVFAIL, NameReply.NXDOMAIN);
    }

    private void set(Tone tone, Class<?>... events) {
        for (Class<?> event : events) {
            all.put(event, Scale.of(tone));
        }
    }

    private void but(Class<?> event, String attribute, Tone tone, Enum<?>... words) {
        all.computeIfPresent(event, (known, scale) -> scale.but(attribute, tone, words));
    }
}
