package io.fieldloop.scenario.rig.against;

import io.fieldloop.scenario.adversary.TargetPolicy;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.AdversarySpec;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.model.device.DeviceMqttSpec;
import io.fieldloop.scenario.model.device.DeviceSpec;
import io.fieldloop.scenario.model.device.MqttPassword;
import io.fieldloop.scenario.model.device.TokenSpec;
import io.fieldloop.scenario.model.gateway.GatewaySpec;
import io.fieldloop.scenario.rig.ForeignGateway;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which scenarios make sense against a gateway that takes no orders. */
final class AgainstFit {
    /** Only the key of the gateway could make these. */
    private static final Set<TokenSpec.Kind> NEED_THE_KEY =
            Set.of(TokenSpec.Kind.EXPIRED, TokenSpec.Kind.FUTURE, TokenSpec.Kind.OTHER_DEVICE);

    private static final Set<TokenSpec.Kind> NEED_A_TOKEN = Set.of(TokenSpec.Kind.VALID, TokenSpec.Kind.NO_BEARER);

    /** Firmware takes the first colon for that of a port (protocol reference 1.2); a port of its own before it hides that. */
    private static final Pattern COLON_IN_THE_PATH = Pattern.compile("://[^/:]*/.*:");

    private static final Pattern WITH_PORT = Pattern.compile("://[^/]*:[0-9]+/");
    private static final GatewaySpec PLAIN_GATEWAY = gateway("");
    private static final GatewaySpec PLAIN_GATEWAY_WITH_OTA = gateway("gateway: { ota: {} }\n");

    private final ForeignGateway gateway;
    private final TargetPolicy probeTargets;

    AgainstFit(ForeignGateway gateway, TargetPolicy probeTargets) {
        this.gateway = gateway;
        this.probeTargets = probeTargets;
    }

    private static GatewaySpec gateway(String setting) {
        LoadResult smallest = new ScenarioLoader()
                .load(
                        "smallest",
                        "scenario: smallest\n" + setting + "devices: { d: {} }\nexpect: [{ device: d, is: online }]\n");
        return ((LoadResult.Ready) smallest).cases().get(0).gateway();
    }

    /** Why it makes no sense there, in half a sentence; null if it does. */
    @Nullable
    String whyNot(Scenario scenario) {
        GatewaySpec plain = scenario.gateway().ota() == null ? PLAIN_GATEWAY : PLAIN_GATEWAY_WITH_OTA;
        String setting = firstDifference(plain, scenario.gateway());
        if (setting != null) {
            return "it sets the gateway's `" + setting + "`, and the gateway of --against takes no orders";
        }
        if (!scenario.names().isEmpty()) {
            return "it has names of its own, and devices reach the gateway of --against by its own name";
        }
        if (scenario.front() != null) {
            return "it has a front of its own, and what stands before the gateway of --against stands there already";
        }
        Optional<Step> order = scenario.allSteps()
                .filter(step -> step.needs().contains(Step.Need.ORDERS))
                .findFirst();
        if (order.isPresent()) {
            return "it has the step `" + order.get().verb() + "`, and the gateway of --against takes no orders";
        }
        return Stream.concat(
                        scenario.devices().entrySet().stream().map(this::whyNotDevice),
                        scenario.adversaries().entrySet().stream().map(this::whyNotAdversary))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String whyNotDevice(Map.Entry<String, DeviceSpec> entry) {
        DeviceSpec device = entry.getValue();
        DeviceMqttSpec mqtt = device.mqtt();
        if (device.ota() != null) {
            return whyNotAt(
                    entry.getKey() + " asks at " + device.ota().url(),
                    ForeignGateway.listenerOf(device.ota().url()));
        }
        if (mqtt != null) {
            String elsewhere = whyNotAt(
                    entry.getKey() + " connects to " + mqtt.endpoint(), ForeignGateway.brokerOf(mqtt.endpoint()));
            boolean unsigned = gateway.mqttKey() == null;
            return elsewhere == null && unsigned && mqtt.password() != null && mqtt.password() != MqttPassword.NONE
                    ? entry.getKey() + " needs a password the gateway signed; give its key with --mqtt-key"
                    : elsewhere;
        }
        String elsewhere = whyNotAt(entry.getKey() + " dials " + device.url(), ForeignGateway.listenerOf(device.url()));
        if (elsewhere != null) {
            return elsewhere;
        }
        if (COLON_IN_THE_PATH.matcher(device.url()).find()
                && WITH_PORT.matcher(gateway.urlFor(device.url())).find()) {
            return entry.getKey()
                    + "'s URL has a colon that firmware stumbles over, and the port in the URL of --against hides it";
        }
        TokenSpec token = device.token();
        if (token != null && NEED_THE_KEY.contains(token.kind())) {
            return entry.getKey() + "'s token is to be `" + token.kind().wireName()
                    + "`, and only the gateway's own key could make one";
        }
        return token != null && NEED_A_TOKEN.contains(token.kind()) && gateway.token() == null
                ? entry.getKey() + " needs a token the gateway takes; give it with --token"
                : null;
    }

    private @Nullable String whyNotAt(String what, Optional<Rig.NominalListener> listener) {
        return listener.isEmpty() || gateway.listeners().containsKey(listener.get())
                ? null
                : what + ", and no "
                        + switch (listener.get().name()) {
                            case "ota" -> "OTA";
                            case "otas" -> "https OTA";
                            default -> listener.get().name() + "://";
                        }
                        + " address is given with --against";
    }

    private @Nullable String whyNotAdversary(Map.Entry<String, AdversarySpec> entry) {
        Rig.NominalListener listener =
                Rig.listenerNamed(entry.getValue().to().name().toLowerCase(Locale.ROOT));
        ForeignGateway.Listener own = gateway.listeners().get(listener);
        if (own == null) {
            return entry.getKey() + " attacks the " + listener.name() + " listener, and none is given with --against";
        }
        return probeTargets.refusal(own.address()).isPresent()
                ? "it sends hostile traffic, and " + own.host() + " is beyond loopback and private networks;"
                        + " --i-own-this-host says that you may"
                : null;
    }

    /** The first key that is not as in a file that says nothing about the gateway; positions do not count. */
    private static @Nullable String firstDifference(Record plain, Record other) {
        for (RecordComponent component : plain.getClass().getRecordComponents()) {
            if (component.getType() != SourcePosition.class
                    && differ(value(component, plain), value(component, other))) {
                return Kebab.kebab(component.getName());
            }
        }
        return null;
    }

    private static boolean differ(@Nullable Object plain, @Nullable Object other) {
        if (plain instanceof Record before && other instanceof Record after && before.getClass() == after.getClass()) {
            return firstDifference(before, after) != null;
        }
        return !Objects.equals(plain, other);
    }

    private static @Nullable Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a component of a public record cannot be read", e);
        }
    }
}
