package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.model.value.ByteSize;
import io.fieldloop.scenario.model.value.Rate;
import io.fieldloop.scenario.shape.annotation.Bounds;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.time.Duration;

/** What the gateway allows before it refuses. */
@Doc("What the gateway allows before it refuses")
public record LimitsSpec(
        @Doc("Time from accept to the first byte") @Default("5s")
        Duration firstByte,

        @Doc("Time for the TLS handshake") @Default("10s") Duration tlsHandshake,

        @Doc("Time for the whole upgrade request") @Default("10s")
        Duration request,

        @Doc("Time from the upgrade to the device's hello") @Default("10s")
        Duration hello,

        @Doc("Size of request line and headers together") @Default("8KiB")
        ByteSize headerBytes,

        @Doc("Number of header lines") @Default("64") @Bounds(min = 1, max = 10_000)
        int headers,

        @Doc("Connections open at a time from one address") @Default("32") @Bounds(min = 1, max = 1_000_000)
        int connectionsPerSource,

        @Doc("Refusals from one address before it is banned") @Default("20/10s")
        Rate refusalsPerSource,

        @Doc("How long a ban lasts") @Default("60s") Duration ban,

        @Doc("Refusals of one class that raise an alarm") @Default("10/s")
        Rate alarm,

        SourcePosition position) {}
