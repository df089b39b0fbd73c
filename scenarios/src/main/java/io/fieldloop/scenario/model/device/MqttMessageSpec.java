package io.fieldloop.scenario.model.device;

import io.fieldloop.scenario.shape.annotation.Bounds;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.NotEmpty;

/** A message a device publishes, or has published when it is lost. */
@Doc("An MQTT message")
public record MqttMessageSpec(
        @Doc("Where it goes") @NotEmpty String topic,

        @Doc("What it says; an empty one with `retain` clears what the broker keeps")
        String message,

        @Doc("0: once or never; 1: until the broker has acknowledged it") @Default("0") @Bounds(min = 0, max = 1)
        int qos,

        @Doc("Whether the broker keeps it for those who subscribe later") @Default("false")
        boolean retain) {}
