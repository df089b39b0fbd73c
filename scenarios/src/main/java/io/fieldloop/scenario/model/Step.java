package io.fieldloop.scenario.model;

import io.fieldloop.scenario.model.device.LinkSpec;
import io.fieldloop.scenario.model.device.MqttMessageSpec;
import io.fieldloop.scenario.model.gateway.CertificateSpec;
import io.fieldloop.scenario.model.gateway.FaultSpec;
import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.scenario.shape.Names;
import io.fieldloop.scenario.shape.annotation.Bounds;
import io.fieldloop.scenario.shape.annotation.ByVerb;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Inline;
import io.fieldloop.scenario.shape.annotation.Key;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import io.fieldloop.scenario.shape.annotation.Refers;
import io.fieldloop.scenario.shape.annotation.Shorthand;
import io.fieldloop.scenario.shape.annotation.Syntax;
import io.fieldloop.scenario.shape.annotation.Written;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be done in a scenario; the key of the mapping is the record's name. */
@ByVerb
public sealed interface Step
        permits Step.Connect,
                Step.Reconnect,
                Step.Disconnect,
                Step.Talk,
                Step.Interrupt,
                Step.Wait,
                Step.Attack,
                Step.Boot,
                Step.PressButton,
                Step.Publish,
                Step.ResetDevice,
                Step.PowerCut,
                Step.Console,
                Step.OnLink,
                Step.ReplayVoice,
                Step.ChangeName,
                Step.Order {
    /** The verb as files write it, for example {@code renew-certificate}. */
    default String verb() {
        return Kebab.of(getClass());
    }

    /** What not every rig has and this step cannot do without. */
    default Set<Need> needs() {
        return Set.of();
    }

    /** How long it takes if nothing holds it up. */
    default Duration takesAtLeast() {
        return Duration.ZERO;
    }

    /** What a step may need of those who perform it. */
    enum Need {
        /** A gateway that takes orders. */
        ORDERS,
        /** Firmware that can be told to talk. */
        TALKING,
        /** Firmware that can be told to interrupt the server. */
        INTERRUPTING,
        /** Devices that ask at boot where to go. */
        BOOTING,
        /** Devices whose application is nothing but an MQTT client. */
        PUBLISHING,
        /** Connections that pass the device's link. */
        LINK
    }

    /** A step that does something to a link. */
    sealed interface OnLink extends Step permits Outage, ChangeLink, ResetLink, Blackhole, NatRebind {
        @Override
        default Set<Need> needs() {
            return Set.of(Need.LINK);
        }

        /** Whose link. */
        Names of();

        /** The same for another time, if it is for a time. */
        default OnLink lasting(Duration time) {
            return this;
        }
    }

    /** A step that tells the gateway what to do. */
    sealed interface Order extends Step
            permits RenewCertificate, Faults, RestartGateway, StopGateway, StartGateway, CountSessions {
        @Override
        default Set<Need> needs() {
            return Set.of(Need.ORDERS);
        }
    }

    @Doc("Devices open their channel; done when each has an outcome")
    @Shorthand("of")
    record Connect(@Doc("Which devices") @Refers("device") Names of) implements Step {}

    @Doc("Devices close their channel, if open, and open it again; done when each has an outcome")
    @Shorthand("of")
    record Reconnect(@Doc("Which devices") @Refers("device") Names of) implements Step {}

    @Doc("Devices close their channel as the firmware does: TCP goes, no Close frame")
    @Shorthand("of")
    record Disconnect(
            @Doc("Which devices") @Refers("device") Names of) implements Step {}

    @Doc("Devices speak and hear the reply; done when each has an outcome")
    @Shorthand("devices")
    record Talk(
            @Doc("Which devices") @Refers("device") Names devices,
            @Doc("How long the user speaks") @Default("2s") Duration speech,

            @Doc("How many turns") @Default("1") @Bounds(min = 1, max = 100_000)
            int turns)
            implements Step {
        public Talk {
            if (speech.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("`speech` is longer than an hour");
            }
        }

        @Override
        public Set<Need> needs() {
            return Set.of(Need.TALKING);
        }
    }

    @Doc("Devices' users cut the server's speech short with the wake word; nothing where no server speaks")
    @Shorthand("of")
    record Interrupt(@Doc("Which devices") @Refers("device") Names of) implements Step {
        @Override
        public Set<Need> needs() {
            return Set.of(Need.INTERRUPTING);
        }
    }

    @Doc("Nothing is done for so long")
    @Shorthand("for")
    record Wait(@Doc("How long") @Key("for") Duration lasts) implements Step {
        @Override
        public Duration takesAtLeast() {
            return lasts;
        }
    }

    @Doc("Adversaries begin; done at once, they go on meanwhile")
    @Shorthand("of")
    record Attack(
            @Doc("Which adversaries") @Refers("adversary") Names of) implements Step {}

    @Doc("Devices with `ota` get power, unless they have it, and boot; done when each is ready for its user")
    @Shorthand("of")
    record Boot(
            @Doc("Which devices") @Refers("device") Names of,

            @Doc("Whether to wait for that; a device that restarts for ever is never ready")
            @Key("wait")
            @Default("true")
            boolean waits)
            implements Step {
        @Override
        public Set<Need> needs() {
            return Set.of(Need.BOOTING);
        }
    }

    @Doc(
            "Users press the button of devices that boot, which stops them from waiting long before they ask again; done at once")
    @Shorthand("of")
    record PressButton(
            @Doc("Which devices") @Refers("device") Names of) implements Step {
        @Override
        public Set<Need> needs() {
            return Set.of(Need.BOOTING);
        }
    }

    @Doc("The application of esp-mqtt devices publishes; done at once, the client delivers it when it can")
    record Publish(
            @Doc("Which devices") @Refers("device") Names of,
            @Inline MqttMessageSpec message) implements Step {
        @Override
        public Set<Need> needs() {
            return Set.of(Need.PUBLISHING);
        }
    }

    @Doc("Devices restart as by their reset pin, without closing anything; done when each is ready for its user")
    @Shorthand("of")
    record ResetDevice(
            @Doc("Which devices") @Refers("device") Names of) implements Step {}

    @Doc("Devices lose power, keep what is in flash, and boot again; done when each is ready for its user")
    @Shorthand("of")
    record PowerCut(
            @Doc("Which devices") @Refers("device") Names of,

            @Doc("How long they are without power") @Key("for") @Default("0s")
            Duration lasts)
            implements Step {
        @Override
        public Duration takesAtLeast() {
            return lasts;
        }
    }

    @Doc("Text is typed at the firmware's console (UART0); makes sense only in the qemu rig")
    record Console(
            @Doc("Whose console") @Refers("device") Names of,

            @Doc(
                    "The line, without its end; `{mqtt-endpoint}`, `{ota-url:host}` and so on stand for the device's settings, as in [firmware](#firmware)")
            @NotEmpty
            String write)
            implements Step {}

    @Doc("The link is down; done at once, it comes back by itself")
    @Shorthand("for")
    record Outage(
            @Doc("Whose link") @Default("all") @Refers("device")
            Names of,

            @Doc("How long") @Key("for") Duration lasts,
            @Doc("What senders notice") @Default("silent") OutageKind how)
            implements OnLink {
        @Override
        public Outage lasting(Duration time) {
            return new Outage(of, time, how);
        }
    }

    @Doc("The link changes: a preset, or values of one")
    @Key("link")
    @Shorthand("base")
    record ChangeLink(
            @Doc("Whose link") @Default("all") @Refers("device")
            Names of,

            @Inline LinkSpec link) implements OnLink {}

    @Doc("Open connections are reset (RST), for example by a middlebox")
    @Shorthand("of")
    record ResetLink(@Doc("Whose link") @Refers("device") Names of) implements OnLink {}

    @Doc("Packets vanish and nobody is told; done at once, it ends by itself")
    @Shorthand("for")
    record Blackhole(
            @Doc("Whose link") @Default("all") @Refers("device")
            Names of,

            @Doc("How long") @Key("for") Duration lasts) implements OnLink {
        @Override
        public Blackhole lasting(Duration time) {
            return new Blackhole(of, time);
        }
    }

    @Doc("The operator's NAT forgets every open connection; their next packets meet the link's `nat-expiry`")
    @Shorthand("of")
    record NatRebind(
            @Doc("Whose link") @Refers("device") Names of,
            @Doc("What it forgets") @Default("all") NatScope what) implements OnLink {}

    @Doc("Somebody who has recorded the first datagram of voice of a device sends it again, from another address")
    @Shorthand("of")
    record ReplayVoice(
            @Doc("Whose datagram") @Refers("device") Names of,

            @Doc("From where") @Default("127.66.0.9") @Written(Syntax.LOOPBACK_ADDRESS)
            String source)
            implements Step {}

    @Doc(
            "The name server says something else of a name from now on; devices remember for its `ttl` what they heard before")
    @Key("names")
    record ChangeName(
            @Doc("Which name") @Written(Syntax.HOST) String of,
            @Inline NameSpec answer) implements Step {}

    @Doc("The gateway's certificate is replaced while it runs; open sessions live on")
    record RenewCertificate(
            @Inline CertificateSpec certificate,

            @Doc("The TLS server name it is for; default: the default certificate") @Nullable
            String serverName)
            implements Order {}

    @Doc("The gateway's faults are replaced, for connections from now on; an empty list ends them")
    @Shorthand("faults")
    record Faults(
            @Doc("The new faults") List<FaultSpec> faults,

            @Doc(
                    "Whether those that act on a session, and were not there before, act on the sessions that are open too")
            @Default("false")
            boolean openSessions)
            implements Order {
        public Faults {
            FaultSpec.requireAllCanAct(faults);
            faults = List.copyOf(faults);
        }
    }

    @Doc("The gateway stops and starts again; done when it listens again")
    @Shorthand("down")
    record RestartGateway(
            @Doc("Time between stop and start") @Default("0s")
            Duration down,

            @Doc("Whether it closes sessions with 1001 first, or is killed") @Default("false")
            boolean graceful)
            implements Order {
        @Override
        public Duration takesAtLeast() {
            return down;
        }
    }

    @Doc("The gateway stops")
    record StopGateway(
            @Doc("Whether it closes sessions with 1001 first, or is killed") @Default("false")
            boolean graceful) implements Order {}

    @Doc("The gateway starts again, with the certificates and faults it had")
    record StartGateway() implements Order {}

    @Doc("The gateway's open connections and sessions are counted; `session-count` has the numbers")
    record CountSessions() implements Order {}
}
