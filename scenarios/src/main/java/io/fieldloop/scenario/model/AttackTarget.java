package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.annotation.Doc;

/** The port an adversary goes to. */
public enum AttackTarget {
    @Doc("the plain port, gateway.test:8000")
    WS,
    @Doc("the TLS port, gateway.test:443")
    WSS,
    @Doc("the plain MQTT port, gateway.test:1883")
    MQTT,
    @Doc("the MQTT port inside TLS, gateway.test:8883")
    MQTTS,
    @Doc("the port for voice, gateway.test:8884; each thing sent is one datagram, and nobody closes")
    UDP,
    @Doc("the OTA port, gateway.test:8002")
    OTA;
}
