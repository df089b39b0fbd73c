package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.model.value.ConnectionRange;
import io.fieldloop.scenario.shape.Names;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Inline;
import io.fieldloop.scenario.shape.annotation.Refers;
import io.fieldloop.scenario.shape.annotation.Tagged;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.FaultPlace;
import io.fieldloop.server.fault.FaultTarget;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A fault of the gateway, and the connections that meet it. */
@Doc("A fault of the gateway, and the connections that meet it")
public record FaultSpec(
        @Inline @Tagged("do") FaultAction action,

        @Doc(
                "Which connections to a listener of its kind, counted from 1 since the faults were set: `3`, `1..2`, `2..`")
        @Default("1..")
        ConnectionRange connections,

        @Doc("Whose connections") @Default("all") @Refers("device")
        Names of,

        SourcePosition position) {
    public FaultSpec {
        if (!of.isAll() && !connections.isEvery()) {
            throw new IllegalArgumentException("has `connections`, which count everybody's, and `of`; leave one out");
        }
    }

    /** Its name, as {@code do:} and the journal spell it. */
    public String name() {
        return action.wireName();
    }

    /** Throws an {@link IllegalArgumentException} if some of these cannot all act on one connection. */
    public static void requireAllCanAct(List<FaultSpec> faults) {
        FaultPlace.requireAllCanAct(faults.stream()
                .flatMap(fault -> fault.faults(FaultSpec::byName))
                .toList());
    }

    /** The fault as the gateway takes it: once for all, or once for each device that is meant. */
    public Stream<Fault> faults(Function<Names, List<FaultTarget>> devices) {
        return (of.isAll() ? List.of(FaultTarget.ALL) : devices.apply(of))
                .stream().map(target -> new Fault(action, connections.from(), connections.to(), target));
    }

    private static List<FaultTarget> byName(Names devices) {
        return devices.names().stream()
                .map(name -> new FaultTarget(name, Set.of()))
                .toList();
    }
}
