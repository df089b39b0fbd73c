package io.fieldloop.scenario.model;

/** The only rig a scenario makes sense in, and why. */
@Doc("The only rig the scenario makes sense in, and why")
public record RigChoice(
        @Doc("The rig") RigKind rig,

        @Doc("Why, in one sentence; shown where the other rig is asked for") @NotEmpty
        String because) {}
