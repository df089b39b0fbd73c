package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.NotEmpty;

/** A rig, and why a scenario names it. */
@Doc("A rig the scenario alone, or not at all, makes sense in, and why")
public record RigChoice(
        @Doc("The rig") RigKind rig,

        @Doc("Why, in one sentence; shown where the other rig is asked for") @NotEmpty
        String because) {}
