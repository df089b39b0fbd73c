package io.fieldloop.scenario.engine;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.device.tls.ClientIdentity;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.model.device.DeviceCertificate;
import io.fieldloop.scenario.model.device.DeviceMqttSpec;
import io.fieldloop.scenario.model.device.DeviceSpec;
import io.fieldloop.scenario.model.device.TokenSpec;
import io.fieldloop.scenario.model.device.Trust;
import io.fieldloop.scenario.model.gateway.CertificateSpec;
import io.fieldloop.scenario.rig.ForeignGateway;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.server.fault.FaultTarget;
import io.fieldloop.server.pki.CertificateChain;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A gateway that is not ours: it runs already, goes on running, and takes no orders. */
final class UncontrolledGateway implements GatewayControl {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final ForeignGateway gateway;

    UncontrolledGateway(ForeignGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public List<X509Certificate> trustAnchors(Trust trust) {
        return switch (trust) {
            case NOTHING -> List.of();
            case RUN_CA -> gateway.roots();
            case INTERMEDIATE -> throw noOrders("show its certificate before a device connects");
        };
    }

    @Override
    public @Nullable ClientIdentity identity(String device, DeviceCertificate certificate) {
        if (certificate == DeviceCertificate.NONE) {
            return null;
        }
        throw noOrders("certify a device");
    }

    @Override
    public @Nullable String token(DeviceSpec device, DeviceConfig config) {
        TokenSpec wanted = device.token();
        if (wanted == null) {
            return gateway.token();
        }
        return switch (wanted.kind()) {
            case VALID -> gateway.token();
            case NO_BEARER -> "Token " + gateway.token();
            case NONE -> null;
            case EMPTY -> Tokens.EMPTY;
            case GARBAGE -> Tokens.GARBAGE;
            case LITERAL -> wanted.literal();
            case EXPIRED, FUTURE, OTHER_DEVICE -> throw noOrders("make a token");
        };
    }

    @Override
    public MqttSettings mqtt(DeviceMqttSpec device, DeviceConfig config) {
        String key = gateway.mqttKey();
        MqttSettings settings = MqttCredentials.of(device, config, key == null ? "" : key, key != null);
        settings = RecordCopy.with(settings, "endpoint", gateway.endpointFor(settings.endpoint()));
        boolean own = device.password() == null && key == null && gateway.token() != null;
        return own ? RecordCopy.with(settings, "password", gateway.token()) : settings;
    }

    @Override
    public CompletableFuture<Void> start() {
        return DONE;
    }

    @Override
    public @Nullable CertificateChain certificate() {
        return null;
    }

    @Override
    public CompletableFuture<Void> stop(boolean graceful) {
        return DONE;
    }

    @Override
    public void renew(@Nullable String serverName, CertificateSpec certificate) {
        throw noOrders("serve another certificate");
    }

    @Override
    public void replaceFaults(Step.Faults next) {
        throw noOrders("misbehave");
    }

    @Override
    public void introduce(String device, FaultTarget connections) {}

    @Override
    public ScenarioEvent.SessionCount sessionCounts() {
        throw noOrders("count what is open");
    }

    private static RigException noOrders(String what) {
        return new RigException("The gateway is not ours and cannot be told to " + what + ".");
    }
}
