package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.shape.annotation.Bounds;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;

/** The gateway's listener for voice. */
@Doc("Voice in UDP datagrams at gateway.test:8884, for devices that speak MQTT")
public record GatewayUdpSpec(
        @Doc("What its hellos name as the place for voice") @Default("gateway.test")
        String server,

        @Doc("What its hellos name as the port") @Default("8884") @Bounds(min = 1, max = 65_535)
        int port) {}
