package io.fieldloop.scenario.engine;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.device.tls.ClientIdentity;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.model.device.DeviceCertificate;
import io.fieldloop.scenario.model.device.DeviceMqttSpec;
import io.fieldloop.scenario.model.device.DeviceSpec;
import io.fieldloop.scenario.model.device.Trust;
import io.fieldloop.scenario.model.gateway.CertificateSpec;
import io.fieldloop.server.fault.FaultTarget;
import io.fieldloop.server.pki.CertificateChain;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The gateway of a scenario as its steps and devices use it; lives on the rig's loop. */
interface GatewayControl {
    /** What a device knows of authorities. */
    List<X509Certificate> trustAnchors(Trust trust);

    /** What a device of that name has to show to a gateway that asks; null for nothing. */
    @Nullable
    ClientIdentity identity(String device, DeviceCertificate certificate);

    /** The token a device has in its settings; null for none. */
    @Nullable
    String token(DeviceSpec device, DeviceConfig config);

    /** What the device has in its settings for MQTT. */
    MqttSettings mqtt(DeviceMqttSpec device, DeviceConfig config);

    CompletableFuture<Void> start();

    /** What a front before it serves; null where the gateway is not ours. */
    @Nullable
    CertificateChain certificate();

    /** Ends the gateway; one that does not run stays as it is. */
    CompletableFuture<Void> stop(boolean graceful);

    /** Serves a new certificate from now on, to whoever shakes hands next. */
    void renew(@Nullable String serverName, CertificateSpec certificate);

    void replaceFaults(Step.Faults next);

    /** Says by what the gateway can tell a device's connections, for faults of that device. */
    void introduce(String device, FaultTarget connections);

    /** What is open at the gateway; all zero where none runs. */
    ScenarioEvent.SessionCount sessionCounts();
}
