package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Known;
import io.fieldloop.scenario.shape.annotation.Shorthand;

/** A real program between the links and the gateway. */
@Doc(
        "A real program between the links and the gateway, which it reaches at its plain port; in the rigs `socket` and `qemu`, where the program is on this machine")
@Shorthand("program")
public record FrontSpec(
        @Doc("The program") @Known("front") String program,

        @Doc("Its configuration: `good`, or one of the mistakes that `fieldloop front` lists") @Default("good")
        String config) {
    public FrontSpec {
        FrontChoice.bundled(program, config);
    }
}
