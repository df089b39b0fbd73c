package io.fieldloop.scenario.engine;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.UserPolicy;
import io.fieldloop.device.link.LinkControl;
import io.fieldloop.device.ota.OtaSettings;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.device.websocket.HeaderEdits;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.device.DeviceMqttSpec;
import io.fieldloop.scenario.model.device.DeviceOtaSpec;
import io.fieldloop.scenario.model.device.DeviceSpec;
import io.fieldloop.scenario.model.device.LinkSpec;
import io.fieldloop.scenario.model.device.ReconnectSpec;
import io.fieldloop.scenario.rig.DeviceSetup;
import io.fieldloop.scenario.rig.FieldDevice;
import io.fieldloop.scenario.rig.ForeignGateway;
import io.fieldloop.scenario.rig.LoopbackSources;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.shape.Names;
import io.fieldloop.server.fault.FaultTarget;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The scenario's devices, each with its link and an address of its own; lives on the rig's loop. */
final class DeviceFleet {
    private final Scenario scenario;
    private final Rig rig;
    private final Seeds seeds;
    private final GatewayControl gateway;
    private final JournalWiring wiring;
    private final Consumer<RigException> broken;
    private final Map<String, FieldDevice> members = new LinkedHashMap<>();

    DeviceFleet(
            Scenario scenario,
            Rig rig,
            Seeds seeds,
            GatewayControl gateway,
            JournalWiring wiring,
            Generator generator,
            Consumer<RigException> broken) {
        this.scenario = scenario;
        this.rig = rig;
        this.seeds = seeds;
        this.gateway = gateway;
        this.wiring = wiring;
        this.broken = broken;
        List<String> all = scenario.deviceNames();
        for (int number = 0; number < all.size(); number++) {
            if (generator.has(number)) {
                add(all.get(number), number);
            }
        }
    }

    private void add(String name, int number) {
        int hash = name.indexOf('#');
        DeviceSpec spec = Objects.requireNonNull(scenario.devices().get(hash < 0 ? name : name.substring(0, hash)));
        InetAddress source =
                spec.source() == null ? LoopbackSources.ofDevice(number) : LoopbackSources.parse(spec.source());
        DeviceConfig config = config(name, spec);
        wiring.name(name, source, config.deviceId());
        gateway.introduce(name, new FaultTarget(config.deviceId(), Set.of(source)));
        LinkSpec linkSpec = spec.link() == null ? scenario.link() : spec.link();
        members.put(
                name,
                rig.device(new DeviceSetup(
                        config,
                        linkSpec.profile(),
                        seeds.of("link:" + name),
                        source,
                        wiring.deviceNamed(name),
                        broken)));
    }

    private DeviceConfig config(String name, DeviceSpec spec) {
        DeviceProfile profile = spec.built();
        if (spec.tls() != null) {
            profile = RecordCopy.with(
                    profile, "tls.identity", gateway.identity(name, spec.tls().certificate()));
        }
        DeviceConfig config = DeviceConfig.of(name, profile, url(spec.url()));
        config = config.withIds(
                Objects.requireNonNullElse(spec.deviceId(), config.deviceId()),
                Objects.requireNonNullElse(spec.clientId(), config.clientId()));
        DeviceMqttSpec mqtt = spec.mqtt();
        return config.withMqtt(mqtt == null ? null : gateway.mqtt(mqtt, config))
                .withToken(gateway.token(spec, config))
                .withProtocolVersion(spec.protocolVersion())
                .withHeaders(new HeaderEdits(spec.headers()))
                .withTrustAnchors(gateway.trustAnchors(spec.trusts()))
                .withClockSkew(spec.clock().skewAt(rig.clock().instant()))
                .withUserPolicy(userPolicy(spec.reconnect()))
                .withModem(spec.modem() == null ? null : spec.modem().device())
                .withOta(
                        spec.ota() == null
                                ? null
                                : ota(spec.ota(), url(spec.ota().url())));
    }

    private static OtaSettings ota(DeviceOtaSpec spec, String url) {
        OtaSettings settings = OtaSettings.of(url).withVersion(spec.version());
        return spec.serialNumber() == null || spec.key() == null
                ? settings
                : settings.withSerialNumber(spec.serialNumber(), spec.key());
    }

    private String url(String nominal) {
        ForeignGateway foreign = rig.foreign();
        return foreign == null ? nominal : foreign.urlFor(nominal);
    }

    private static UserPolicy userPolicy(@Nullable ReconnectSpec spec) {
        return spec == null ? UserPolicy.none() : new UserPolicy(spec.after(), spec.spread(), spec.attempts());
    }

    int size() {
        return members.size();
    }

    /** Brings every device to the state in which it is ready for its user. */
    CompletableFuture<Void> powerOn() {
        return all(FieldDevice::powerOn);
    }

    List<FieldDevice> devices(Names names) {
        return names.among(members.keySet()).stream()
                .map(name -> Objects.requireNonNull(members.get(name)))
                .toList();
    }

    /** The users of devices cut servers' speech short; the names of those to whom none spoke. */
    List<String> interrupt(Names names) {
        return names.among(members.keySet()).stream()
                .filter(name -> !Objects.requireNonNull(members.get(name)).interrupt())
                .toList();
    }

    List<LinkControl> links(Names names) {
        return devices(names).stream().map(FieldDevice::link).toList();
    }

    CompletableFuture<Void> remove() {
        return all(FieldDevice::remove);
    }

    private CompletableFuture<Void> all(Function<FieldDevice, CompletableFuture<Void>> action) {
        return CompletableFuture.allOf(members.values().stream().map(action).toArray(CompletableFuture[]::new));
    }
}
