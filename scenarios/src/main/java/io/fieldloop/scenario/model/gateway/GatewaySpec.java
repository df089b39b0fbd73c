package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import io.fieldloop.scenario.shape.annotation.Syntax;
import io.fieldloop.scenario.shape.annotation.Written;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.server.tls.HandshakeConfig;
import io.fieldloop.server.tls.HandshakeConfig.ClientCertificates;
import io.fieldloop.server.tls.TlsVersion;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reference gateway of a scenario; it listens at the nominal gateway.test:443 (wss) and gateway.test:8000 (ws). */
@Doc("The reference gateway; it listens at gateway.test:443 (wss; also reached at 8902) and gateway.test:8000 (ws)")
public record GatewaySpec(
        @Doc("How it answers") @Default("hardened") Stance stance,

        @Doc("TLS versions it offers") @Default("[TLSv1.2, TLSv1.3]") @NotEmpty
        List<TlsVersion> tls,

        @Doc("Cipher suites it offers, by IANA name; empty for its defaults") @Default("[]")
        List<String> suites,

        @Doc("The groups it shares keys in, by IANA name such as `secp384r1` or `X25519MLKEM768`; empty for all it has")
        @Default("[]")
        List<String> groups,

        @Doc("How an RSA key signs in TLS 1.2") @Default("pkcs1")
        RsaSignature rsaSignature,

        @Doc("What it speaks behind TLS (ALPN) to a client that asks; empty for whatever is asked") @Default("[]")
        List<String> protocols,

        @Doc("Its certificate; with `vhosts` that of the default host") @Default("{}")
        CertificateSpec certificate,

        @Doc("Further certificates by TLS server name") @Default("{}")
        Map<String, CertificateSpec> vhosts,

        @Doc(
                "Whether devices are asked for a certificate of their own, or need one; it has to be of the run's authority, for clients, and hold today")
        @Default("none")
        ClientCertificates clientCertificate,

        @Doc("Session tickets; it gives none when absent") @Nullable
        TicketSpec tickets,

        @Doc("Whether devices need a token") @Default("optional")
        TokenPolicy token,

        @Doc("Values of the Origin header it accepts; empty for any") @Default("[]")
        List<String> origins,

        @Doc("Addresses that may connect; empty for all") @Default("[]")
        List<@Written(Syntax.CIDR) String> allow,

        @Doc("Addresses that may not connect") @Default("[]")
        List<@Written(Syntax.CIDR) String> deny,

        @Doc("Proxies in front whose PROXY protocol header, X-Forwarded-For or Forwarded names the real source")
        @Default("[]")
        List<@Written(Syntax.CIDR) String> trustProxy,

        @Doc("What it allows before it refuses") @Default("{}")
        LimitsSpec limits,

        @Doc("A session in which nothing arrives for so long is closed") @Default("120s")
        Duration idle,

        @Doc("Pings it sends; none when absent") @Nullable PingSpec ping,

        @Doc("An OTA listener beside the others; none when absent") @Nullable
        OtaSpec ota,

        @Doc("How it speaks MQTT; it does where this is given or a device speaks MQTT") @Nullable
        GatewayMqttSpec mqtt,

        @Doc("Where devices that speak MQTT send their voice") @Default("{}")
        GatewayUdpSpec udp,

        @Doc("How it misbehaves; two faults that decide the same thing need `connections` that differ") @Default("[]")
        List<FaultSpec> faults,

        SourcePosition position) {
    public GatewaySpec {
        FaultSpec.requireAllCanAct(faults);
        tls = List.copyOf(tls);
        suites = List.copyOf(suites);
        groups = List.copyOf(groups);
        protocols = List.copyOf(protocols);
        // Knows the names of the groups.
        new HandshakeConfig(groups, false, protocols, clientCertificate, List.of());
        vhosts = Collections.unmodifiableMap(new LinkedHashMap<>(vhosts));
        origins = List.copyOf(origins);
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        trustProxy = List.copyOf(trustProxy);
        faults = List.copyOf(faults);
    }
}
