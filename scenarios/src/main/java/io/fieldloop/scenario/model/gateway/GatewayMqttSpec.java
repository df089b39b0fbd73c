package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import java.time.Duration;

/** The gateway's MQTT listeners. */
@Doc("MQTT at gateway.test:1883, and inside TLS at gateway.test:8883")
public record GatewayMqttSpec(
        @Doc("Which credentials it takes") @Default("any") CredentialPolicy credentials,

        @Doc("A connection without a complete CONNECT is closed after so long; in compat never") @Default("10s")
        Duration connect) {}
