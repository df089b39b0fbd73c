package io.fieldloop.scenario.diagnose.sketch;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.judge.Scene;

/** A connection that failed, and what of the scenario shows it. */
record SketchedPart(String name, Scene scene, Cause cause, Sketch sketch) {
    /** Whether its connection gets as far as a listener for devices. */
    boolean arrives() {
        return sketch.url() == null
                && !cause.word().equals(FailureReason.TCP_TIMEOUT.wireName())
                && scene.said().mqtt() == null;
    }

    /** Whether it is online first, with a channel for voice over UDP. */
    boolean speaks() {
        return scene.said().mqtt() != null && (sketch.isSession() || ScenarioSketch.isPing(cause));
    }

    String first() {
        return cause.evidence().get(0).place() + ": " + cause.evidence().get(0).shown();
    }
}
