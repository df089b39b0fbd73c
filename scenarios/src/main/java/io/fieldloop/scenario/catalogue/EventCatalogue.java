package io.fieldloop.scenario.catalogue;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.EventRecords;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.scenario.adversary.AdversaryEvent;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.journal.ScenarioEvent;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.WireNames;
import io.fieldloop.server.fault.FaultCatalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Every kind of journal entry there is, read off the event records of the modules that report them.
 *
 * <p>Whoever needs a kind asks by its record's class; the words themselves stand nowhere else.
 */
public final class EventCatalogue {
    /** The attribute by which the gateway's entries name the device they are about. */
    public static final String DEVICE = "device";

    private static final Map<Class<?>, EventKind> KINDS = new LinkedHashMap<>();
    private static final Map<Lane, Map<String, EventKind>> BY_LANE = new EnumMap<>(Lane.class);

    /** Attributes that are text in their record and yet of a closed list. */
    private static final Map<String, Supplier<List<String>>> TEXTS = Map.of(
            "fault",
            () -> FaultCatalogue.entries().stream()
                    .map(FaultCatalogue.Entry::name)
                    .toList(),
            "verb",
            () -> records(Step.class).map(Kebab::of).sorted().toList(),
            "probe",
            () -> List.copyOf(Vocabulary.PROBE.words().keySet()));

    static {
        add(Lane.SCENARIO, ScenarioEvent.class);
        add(Lane.DEVICE, DeviceEvent.class);
        add(Lane.DEVICE, FirmwareEvent.class);
        add(Lane.LINK, LinkEvent.class);
        add(Lane.GATEWAY, GatewayEvent.class);
        add(Lane.ADVERSARY, AdversaryEvent.class);
    }

    private EventCatalogue() {}

    /** The kind that is read off that record. */
    public static EventKind of(Class<?> event) {
        EventKind kind = KINDS.get(event);
        if (kind == null) {
            throw new IllegalArgumentException(event + " is no event of a journal");
        }
        return kind;
    }

    /** The word for what that record holds. */
    public static String kind(Class<?> event) {
        return of(event).kind();
    }

    /** How an entry is drawn; one that no record makes is drawn plainly. */
    public static Tone tone(JournalEntry entry) {
        EventKind kind = BY_LANE.getOrDefault(entry.lane(), Map.of()).get(entry.kind());
        return kind == null ? Tone.PLAIN : kind.tone().of(entry);
    }

    /** What part an entry plays where a run is shown. */
    public static EventRole role(JournalEntry entry) {
        EventKind kind = BY_LANE.getOrDefault(entry.lane(), Map.of()).get(entry.kind());
        return kind == null ? EventRole.OTHER : kind.role();
    }

    /** The kinds of all lanes, each lane's in alphabetical order. */
    public static List<EventKind> all() {
        return List.copyOf(KINDS.values());
    }

    /** The kinds that an actor of that lane reports. */
    public static List<EventKind> of(Lane lane) {
        return KINDS.values().stream().filter(kind -> kind.lane() == lane).toList();
    }

    private static void add(Lane lane, Class<?> events) {
        records(events)
                .map(event -> kind(lane, event))
                // The order of permitted subclasses is the compiler's, and not the same in all of them.
                .sorted(Comparator.comparing(EventKind::kind))
                .forEach(kind -> {
                    KINDS.put(kind.event(), kind);
                    BY_LANE.computeIfAbsent(lane, none -> new HashMap<>()).put(kind.kind(), kind);
                });
    }

    private static Stream<Class<?>> records(Class<?> events) {
        return Arrays.stream(events.getPermittedSubclasses())
                .flatMap(event -> event.isSealed() ? records(event) : Stream.of(event));
    }

    private static EventKind kind(Lane lane, Class<?> event) {
        List<EventAttribute> attributes = new ArrayList<>();
        types(lane, event).forEach((name, type) -> attributes.add(attribute(name, type)));
        return new EventKind(
                lane,
                EventRecords.kind(event),
                event,
                List.copyOf(attributes),
                EventTones.of(event),
                EventRole.of(event));
    }

    private static Map<String, Class<?>> types(Lane lane, Class<?> event) {
        if (lane != Lane.GATEWAY) {
            return EventRecords.types(event);
        }
        Map<String, Class<?>> types = new LinkedHashMap<>();
        if (!GatewayEvent.GatewayWide.class.isAssignableFrom(event)) {
            types.put("connection", long.class);
            types.put(DEVICE, String.class);
        }
        types.putAll(WireNames.types(event));
        return types;
    }

    private static EventAttribute attribute(String name, Class<?> type) {
        boolean closedText = type == String.class && TEXTS.containsKey(name);
        return new EventAttribute(name, type, type.isEnum() ? vocabulary(type) : closedText ? name : "");
    }

    private static String vocabulary(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return (outer == null || outer.isInterface() ? "" : vocabulary(outer) + "-")
                + Kebab.kebab(type.getSimpleName());
    }

    /** The words of an attribute that is text; none of one that may be any text. */
    static List<String> words(String attribute) {
        return TEXTS.getOrDefault(attribute, List::of).get();
    }
}
