package io.fieldloop.server.connection;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Who may connect.
 *
 * @param allow source networks that may connect; empty means any
 * @param deny source networks that may not, whatever {@code allow} says
 * @param exempt source networks without ban and connection limit, such as that of one's own scanner
 * @param trustProxies fronts whose word on the real source counts; they themselves are neither limited nor banned
 * @param origins values of the Origin header that may connect; devices send none, so the default refuses every web page
 * @param tokenRequired whether a token is asked for; when it is not, none is looked at
 * @param tokenKey the HMAC key tokens are made with
 * @param tokenLifetime how long after its issue a token is good
 * @param allowedDevices device ids that need no token
 */
public record AdmissionConfig(
        List<Cidr> allow,
        List<Cidr> deny,
        List<Cidr> exempt,
        List<Cidr> trustProxies,
        List<String> origins,
        boolean tokenRequired,
        String tokenKey,
        Duration tokenLifetime,
        Set<String> allowedDevices) {
    public AdmissionConfig {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        exempt = List.copyOf(exempt);
        trustProxies = List.copyOf(trustProxies);
        origins = List.copyOf(origins);
        allowedDevices = Set.copyOf(allowedDevices);
        if (tokenRequired && tokenKey.isEmpty()) {
            throw new GatewayConfigException("Tokens are required but the token key is empty; set one.");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Whether this address is a front that is trusted to say whom it speaks for. */
    boolean trusts(InetAddress address) {
        return Cidr.anyContains(trustProxies, address);
    }

    /** The key as the bytes HMAC takes. */
    public byte[] tokenKeyBytes() {
        return tokenKey.getBytes(StandardCharsets.UTF_8);
    }

    /** Collects the rules; without any, every source may connect and no token is asked for. */
    public static final class Builder {
        private List<Cidr> allow = List.of();
        private List<Cidr> deny = List.of();
        private List<Cidr> exempt = List.of();
        private List<Cidr> trustProxies = List.of();
        private List<String> origins = List.of();
        private boolean tokenRequired;
        private String tokenKey = "";
        private Duration tokenLifetime = Duration.ofDays(30);
        private Set<String> allowedDevices = Set.of();

        private Builder() {}

        public Builder allow(List<Cidr> value) {
            allow = value;
            return this;
        }

        public Builder deny(List<Cidr> value) {
            deny = value;
            return this;
        }

        public Builder exempt(List<Cidr> value) {
            exempt = value;
            return this;
        }

        /** Believes PROXY protocol headers, X-Forwarded-For and Forwarded from these networks. */
        public Builder trustProxies(List<Cidr> value) {
            trustProxies = value;
            return this;
        }

        public Builder origins(List<String> value) {
            origins = value;
            return this;
        }

        /** Asks every device for a token made with this key. */
        public Builder requireToken(String key) {
            tokenRequired = true;
            tokenKey = key;
            return this;
        }

        public Builder tokenLifetime(Duration value) {
            tokenLifetime = value;
            return this;
        }

        public Builder allowedDevices(Set<String> value) {
            allowedDevices = value;
            return this;
        }

        public AdmissionConfig build() {
            return new AdmissionConfig(
                    allow, deny, exempt, trustProxies, origins, tokenRequired, tokenKey, tokenLifetime, allowedDevices);
        }
    }
}
