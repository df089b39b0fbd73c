package io.fieldloop.scenario.engine;

import io.fieldloop.scenario.model.gateway.ActivationSpec;
import io.fieldloop.scenario.model.gateway.CredentialPolicy;
import io.fieldloop.scenario.model.gateway.FirmwareOfferSpec;
import io.fieldloop.scenario.model.gateway.GatewayMqttSpec;
import io.fieldloop.scenario.model.gateway.GatewaySpec;
import io.fieldloop.scenario.model.gateway.GatewayUdpSpec;
import io.fieldloop.scenario.model.gateway.LimitsSpec;
import io.fieldloop.scenario.model.gateway.OtaSpec;
import io.fieldloop.scenario.model.gateway.PingSpec;
import io.fieldloop.scenario.model.gateway.RsaSignature;
import io.fieldloop.scenario.model.gateway.TokenPolicy;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.connection.Rate;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.mqtt.MqttConfig;
import io.fieldloop.server.ota.OtaConfig;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.session.SessionConfig;
import io.fieldloop.server.tls.Engine;
import io.fieldloop.server.tls.HandshakeConfig;
import io.fieldloop.server.tls.HandshakeConfig.ClientCertificates;
import io.fieldloop.server.tls.TicketConfig;
import io.fieldloop.server.tls.TlsConfig;
import io.fieldloop.server.voice.VoiceConfig;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says to the gateway's library what the scenario file says about the gateway. */
final class GatewaySettings {
    private GatewaySettings() {}

    static GatewayConfig.Builder config(GatewaySpec spec, Rig rig, String tokenKey, String mqttKey) {
        return GatewayConfig.builder()
                .stance(Stance.valueOf(spec.stance().name()))
                .admission(admission(spec, rig, tokenKey))
                .limits(limits(spec.limits()))
                .session(session(spec))
                .ota(spec.ota() == null ? OtaConfig.builder().build() : ota(spec.ota(), rig, mqttKey));
    }

    private static OtaConfig ota(OtaSpec spec, Rig rig, String signatureKey) {
        FirmwareOfferSpec firmware = spec.firmware();
        ActivationSpec activation = spec.activation();
        return OtaConfig.builder()
                .websocketUrls(spec.websocket())
                .mqtt(spec.mqtt() == null ? null : new OtaConfig.Mqtt(spec.mqtt(), signatureKey))
                .firmware(
                        firmware == null
                                ? null
                                : new OtaConfig.Firmware(
                                        rig.firmwareImage(
                                                firmware.version(),
                                                Math.toIntExact(firmware.size().bytes())),
                                        firmware.version(),
                                        firmware.force()))
                .activation(
                        activation == null
                                ? null
                                : new OtaConfig.Activation(activation.boundAfter(), activation.keys()))
                .timezoneOffsetMinutes(spec.timezone())
                .imitates(spec.imitates())
                .build();
    }

    private static AdmissionConfig admission(GatewaySpec spec, Rig rig, String tokenKey) {
        AdmissionConfig.Builder admission = AdmissionConfig.builder()
                .allow(spec.allow().stream().map(Cidr::parse).toList())
                .deny(spec.deny().stream().map(Cidr::parse).toList())
                .trustProxies(
                        spec.trustProxy().isEmpty()
                                ? rig.trustedFronts()
                                : spec.trustProxy().stream().map(Cidr::parse).toList())
                .origins(spec.origins());
        return (spec.token() == TokenPolicy.REQUIRED ? admission.requireToken(tokenKey) : admission).build();
    }

    private static LimitsConfig limits(LimitsSpec spec) {
        return LimitsConfig.builder()
                .firstByte(spec.firstByte())
                .tlsHandshake(spec.tlsHandshake())
                .request(spec.request())
                .hello(spec.hello())
                .headerBytesMax(Math.toIntExact(spec.headerBytes().bytes()))
                .headersMax(spec.headers())
                .connectionsPerSource(spec.connectionsPerSource())
                .refusalsPerSource(rate(spec.refusalsPerSource()))
                .ban(spec.ban())
                .alarm(rate(spec.alarm()))
                .build();
    }

    private static Rate rate(io.fieldloop.scenario.model.value.Rate rate) {
        return new Rate(Math.toIntExact(rate.count()), rate.per());
    }

    private static SessionConfig session(GatewaySpec spec) {
        PingSpec ping = spec.ping();
        return SessionConfig.builder()
                .idle(spec.idle())
                .ping(ping == null ? null : new SessionConfig.Ping(ping.every(), ping.timeout()))
                .build();
    }

    /** @param root whose certificates a gateway that asks its clients for one accepts */
    static TlsConfig tls(GatewaySpec spec, Rig rig, X509Certificate root, Map<String, CertificateChain> chains) {
        boolean asks = spec.clientCertificate() != ClientCertificates.NONE;
        return new TlsConfig(
                Engine.AUTO,
                EnumSet.copyOf(spec.tls()),
                spec.suites(),
                chains,
                new HandshakeConfig(
                        spec.groups(),
                        spec.rsaSignature() == RsaSignature.PSS,
                        spec.protocols(),
                        spec.clientCertificate(),
                        asks ? List.of(root) : List.of()),
                spec.tickets() == null ? TicketConfig.NONE : spec.tickets().config(),
                rig.keyLog());
    }

    static MqttConfig mqtt(@Nullable GatewayMqttSpec spec, String signatureKey) {
        MqttConfig.Builder config = MqttConfig.builder();
        return spec == null
                ? config.build()
                : config.connect(spec.connect())
                        .signatureKey(spec.credentials() == CredentialPolicy.SIGNED ? signatureKey : null)
                        .build();
    }

    static VoiceConfig voice(GatewayUdpSpec spec) {
        return VoiceConfig.builder().advertised(spec.server(), spec.port()).build();
    }
}
