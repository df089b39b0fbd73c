package io.fieldloop.scenario.engine;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.device.tls.ClientIdentity;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.model.device.DeviceCertificate;
import io.fieldloop.scenario.model.device.DeviceMqttSpec;
import io.fieldloop.scenario.model.device.DeviceSpec;
import io.fieldloop.scenario.model.device.Trust;
import io.fieldloop.scenario.model.gateway.CertificateSpec;
import io.fieldloop.scenario.model.gateway.CredentialPolicy;
import io.fieldloop.scenario.model.gateway.FaultSpec;
import io.fieldloop.scenario.model.gateway.GatewayMqttSpec;
import io.fieldloop.scenario.model.gateway.GatewaySpec;
import io.fieldloop.scenario.model.gateway.TokenPolicy;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RunAuthority;
import io.fieldloop.scenario.shape.Names;
import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultTarget;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.tls.TlsConfig;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scenario's gateway through all its lives: certificates and faults survive a restart, sessions and bans do not.
 *
 * <p>Lives on the rig's loop.
 */
final class OwnGateway implements GatewayControl {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration DEVICE_CERTIFICATE = Duration.ofDays(3650);

    private final GatewaySpec spec;
    private final Rig rig;
    private final GatewayListener listener;
    private final RunAuthority authority;
    private final Instant began;
    private final boolean mqtt;
    private final String tokenKey;
    private final String mqttKey;
    private final Map<String, CertificateChain> chains = new LinkedHashMap<>();
    private final Map<String, FaultTarget> devices = new LinkedHashMap<>();
    private List<FaultSpec> faults;
    private @Nullable Gateway running;

    OwnGateway(Scenario scenario, Rig rig, GatewayListener listener) {
        GatewaySpec spec = scenario.gateway();
        this.spec = spec;
        this.mqtt = scenario.speaksMqtt();
        this.rig = rig;
        this.listener = listener;
        this.began = rig.clock().instant();
        this.authority = rig.newAuthority();
        this.tokenKey = mintKey(rig, "token-key");
        this.mqttKey = mintKey(rig, "mqtt-signature-key");
        this.faults = spec.faults();
        mint(TlsConfig.DEFAULT_NAME, spec.certificate());
        spec.vhosts().forEach(this::mint);
        spec.vhosts().keySet().forEach(rig::nameGateway);
    }

    private static String mintKey(Rig rig, String purpose) {
        byte[] key = new byte[32];
        rig.secureRandom(purpose).nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    private List<Fault> faults(List<FaultSpec> specs) {
        return specs.stream()
                .flatMap(fault -> fault.faults(this::connectionsOf))
                .toList();
    }

    private List<FaultTarget> connectionsOf(Names names) {
        return names.among(devices.keySet()).stream()
                .map(name -> Objects.requireNonNull(devices.get(name)))
                .toList();
    }

    @Override
    public void introduce(String device, FaultTarget connections) {
        devices.put(device, connections);
    }

    private void mint(String serverName, CertificateSpec certificate) {
        chains.put(serverName, authority.issue(certificate.request(began)));
        certificate.names().forEach(rig::nameGateway);
    }

    @Override
    public List<X509Certificate> trustAnchors(Trust trust) {
        return switch (trust) {
            case NOTHING -> List.of();
            case RUN_CA -> List.of(authority.root());
            case INTERMEDIATE ->
                Objects.requireNonNull(chains.get(TlsConfig.DEFAULT_NAME))
                        .chain()
                        .subList(1, 2);
        };
    }

    @Override
    public @Nullable ClientIdentity identity(String device, DeviceCertificate certificate) {
        if (certificate == DeviceCertificate.NONE) {
            return null;
        }
        CertificateChain chain =
                authority.issue(deviceCertificate(device, certificate).withDefect(deviceDefect(certificate)));
        boolean alone = certificate == DeviceCertificate.MISSING_INTERMEDIATE;
        return new ClientIdentity(chain.key(), alone ? List.of(chain.leaf()) : chain.chain());
    }

    private CertificateRequest deviceCertificate(String device, DeviceCertificate certificate) {
        return switch (certificate) {
            case EXPIRED ->
                CertificateRequest.of(List.of(device), began.minus(DEVICE_CERTIFICATE), DEVICE_CERTIFICATE.minus(DAY));
            case NOT_YET_VALID -> CertificateRequest.of(List.of(device), began.plus(DAY), DEVICE_CERTIFICATE);
            default -> CertificateRequest.of(List.of(device), began.minus(DAY), DEVICE_CERTIFICATE);
        };
    }

    /** What is wrong for a server is right for a client. */
    private static Defect deviceDefect(DeviceCertificate certificate) {
        return switch (certificate) {
            case WITHOUT_CLIENT_AUTH -> Defect.NONE;
            case FOREIGN_CA -> Defect.FOREIGN_CA;
            case SELF_SIGNED -> Defect.SELF_SIGNED;
            default -> Defect.WRONG_PURPOSE;
        };
    }

    @Override
    public @Nullable String token(DeviceSpec device, DeviceConfig config) {
        Tokens tokens = new Tokens(
                tokenKey, spec.token() == TokenPolicy.REQUIRED, rig.clock().instant());
        return tokens.of(device.token(), config);
    }

    @Override
    public MqttSettings mqtt(DeviceMqttSpec device, DeviceConfig config) {
        GatewayMqttSpec policy = spec.mqtt();
        boolean signed = policy != null && policy.credentials() == CredentialPolicy.SIGNED;
        return MqttCredentials.of(device, config, mqttKey, signed);
    }

    @Override
    public CompletableFuture<Void> start() {
        GatewayConfig.Builder config = GatewaySettings.config(spec, rig, tokenKey, mqttKey);
        rig.listeners(Rig.WS)
                .forEach(listener -> config.listener(ListenerConfig.plain(listener.name(), rig.bindAddress(listener))));
        TlsConfig tls = GatewaySettings.tls(spec, rig, authority.root(), chains);
        if (spec.ota() != null) {
            rig.listeners(Rig.OTA)
                    .forEach(listener ->
                            config.listener(ListenerConfig.ota(listener.name(), rig.bindAddress(listener))));
            rig.listeners(Rig.OTAS)
                    .forEach(listener ->
                            config.listener(new ListenerConfig.Ota(listener.name(), rig.bindAddress(listener), tls)));
        }
        rig.listeners(Rig.WSS)
                .forEach(listener ->
                        config.listener(ListenerConfig.secure(listener.name(), rig.bindAddress(listener), tls)));
        if (mqtt) {
            addMqtt(config, tls);
        }
        return Gateway.start(config.build(), rig.gatewayRuntime(), listener).thenAcceptAsync(this::started, rig.loop());
    }

    private void addMqtt(GatewayConfig.Builder config, TlsConfig tls) {
        config.mqtt(GatewaySettings.mqtt(spec.mqtt(), mqttKey)).voice(GatewaySettings.voice(spec.udp()));
        rig.listeners(Rig.MQTT)
                .forEach(listener ->
                        config.listener(new ListenerConfig.Mqtt(listener.name(), rig.bindAddress(listener), null)));
        rig.listeners(Rig.MQTTS)
                .forEach(listener ->
                        config.listener(new ListenerConfig.Mqtt(listener.name(), rig.bindAddress(listener), tls)));
        rig.listeners(Rig.UDP)
                .forEach(listener ->
                        config.listener(new ListenerConfig.Voice(listener.name(), rig.bindAddress(listener))));
    }

    /** The nominal listeners this scenario's gateway has. */
    private Stream<Rig.NominalListener> listeners() {
        return Stream.of(
                        Stream.of(Rig.WS, Rig.WSS),
                        mqtt ? Stream.of(Rig.MQTT, Rig.MQTTS, Rig.UDP) : Stream.<Rig.NominalListener>of(),
                        spec.ota() == null ? Stream.<Rig.NominalListener>of() : Stream.of(Rig.OTA, Rig.OTAS))
                .flatMap(some -> some);
    }

    private void started(Gateway gateway) {
        running = gateway;
        gateway.replaceFaults(faults(faults));
        listeners()
                .flatMap(nominal -> rig.listeners(nominal).stream())
                .forEach(listener -> rig.gatewayAt(listener, gateway.address(listener.name())));
    }

    @Override
    public @Nullable CertificateChain certificate() {
        return chains.get(TlsConfig.DEFAULT_NAME);
    }

    @Override
    public CompletableFuture<Void> stop(boolean graceful) {
        Gateway gateway = running;
        running = null;
        if (gateway == null) {
            return CompletableFuture.completedFuture(null);
        }
        return (graceful ? gateway.stopGracefully() : gateway.stop()).thenRunAsync(() -> {}, rig.loop());
    }

    @Override
    public void renew(@Nullable String serverName, CertificateSpec certificate) {
        mint(Objects.requireNonNullElse(serverName, TlsConfig.DEFAULT_NAME), certificate);
        if (running != null) {
            running.swapCertificates(chains);
        }
    }

    @Override
    public void replaceFaults(Step.Faults next) {
        List<Fault> before = faults(faults);
        faults = next.faults();
        List<Fault> after = faults(faults);
        if (running != null) {
            running.replaceFaults(after);
        }
        if (running != null && next.openSessions()) {
            running.meet(after.stream().filter(fault -> !before.contains(fault)).toList());
        }
    }

    @Override
    public ScenarioEvent.SessionCount sessionCounts() {
        return running == null
                ? new ScenarioEvent.SessionCount(0, 0)
                : new ScenarioEvent.SessionCount(
                        running.connections(), running.sessions().size());
    }
}
