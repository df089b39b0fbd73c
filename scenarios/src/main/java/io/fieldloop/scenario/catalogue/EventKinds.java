package io.fieldloop.scenario.catalogue;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.EventRecords;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.scenario.adversary.AdversaryEvent;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.server.event.GatewayEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of journal entry there are, read off the event records of the modules that report them. */
public final class EventKinds {
    private EventKinds() {}

    /** The kinds an actor of that lane reports, in alphabetical order. */
    public static List<String> of(Lane lane) {
        return switch (lane) {
            case SCENARIO -> kinds(ScenarioEvent.class);
            case DEVICE ->
                Stream.of(kinds(DeviceEvent.class), kinds(FirmwareEvent.class))
                        .flatMap(List::stream)
                        .toList();
            case LINK -> kinds(LinkEvent.class);
            case GATEWAY -> kinds(GatewayEvent.class);
            case ADVERSARY -> kinds(AdversaryEvent.class);
        };
    }

    /** Every kind, once. */
    public static List<String> all() {
        List<String> all = new ArrayList<>();
        for (Lane lane : List.of(Lane.GATEWAY, Lane.DEVICE, Lane.LINK, Lane.ADVERSARY, Lane.SCENARIO)) {
            all.addAll(of(lane));
        }
        return all.stream().distinct().toList();
    }

    private static List<String> kinds(Class<?> events) {
        List<String> kinds = new ArrayList<>();
        for (Class<?> event : events.getPermittedSubclasses()) {
            if (event.isSealed()) {
                kinds.addAll(kinds(event));
            } else {
                kinds.add(EventRecords.kind(event));
            }
        }
        // The order of permitted subclasses is the compiler's, and not the same in all of them.
        return kinds.stream().sorted().toList();
    }
}
