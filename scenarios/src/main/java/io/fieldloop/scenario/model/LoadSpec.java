package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.time.Duration;

/** Says that the devices of a scenario are a load, which several machines may put on one gateway. */
@Doc("Says that the devices are a load, which several machines may put on one gateway")
public record LoadSpec(
        @Doc(
                "How late a generator may be, with its begin and with its own timers; of a run with one that was later nothing is concluded")
        @Default("250ms")
        Duration late,

        SourcePosition position) {}
