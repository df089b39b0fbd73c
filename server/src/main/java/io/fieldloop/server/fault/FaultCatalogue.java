package io.fieldloop.server.fault;

import io.fieldloop.server.event.FaultPhase;
import io.fieldloop.server.event.WireNames;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists every fault there is, so that scenario schemas, documentation and tests are drawn from the records themselves. */
public final class FaultCatalogue {
    private FaultCatalogue() {}

    /**
     * One fault of the catalogue.
     *
     * @param name the word after {@code do:} in a scenario file
     * @param type the record; its components are the fault's parameters
     * @param description one line for users
     */
    public record Entry(String name, Class<? extends FaultAction> type, FaultPhase phase, String description) {}

    /** All faults, in the order of the phases. */
    public static List<Entry> entries() {
        return Known.ENTRIES;
    }

    public static Optional<Entry> named(String name) {
        return entries().stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** Worked out once; a scenario file's shape asks for each fault by its name. */
    private static final class Known {
        static final List<Entry> ENTRIES = collect();
    }

    private static List<Entry> collect() {
        List<Entry> entries = new ArrayList<>();
        addPhase(entries, AcceptFault.class, FaultPhase.ACCEPT);
        addPhase(entries, TlsFault.class, FaultPhase.TLS);
        addPhase(entries, UpgradeFault.class, FaultPhase.UPGRADE_RESPONSE);
        addPhase(entries, ConnackFault.class, FaultPhase.CONNACK);
        addPhase(entries, HelloFault.class, FaultPhase.HELLO);
        addPhase(entries, SessionFault.class, FaultPhase.SESSION);
        addPhase(entries, OtaFault.class, FaultPhase.OTA);
        return List.copyOf(entries);
    }

    /** What is said of a parameter on its record, or on the kind of fault it comes from; null for what is none of a fault. */
    public static @Nullable Param parameter(RecordComponent component) {
        Param own = component.getAnnotation(Param.class);
        return own != null ? own : inherited(component.getDeclaringRecord(), component.getName());
    }

    private static @Nullable Param inherited(Class<?> type, String name) {
        for (Class<?> kind : type.getInterfaces()) {
            Param told = Stream.of(kind.getDeclaredMethods())
                    .filter(method -> method.getName().equals(name))
                    .map(method -> method.getAnnotation(Param.class))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseGet(() -> inherited(kind, name));
            if (told != null) {
                return told;
            }
        }
        return null;
    }

    private static void addPhase(List<Entry> entries, Class<? extends FaultAction> kind, FaultPhase phase) {
        FaultTable.records(kind).forEach(type -> {
            String description = type.getAnnotation(Does.class).value();
            entries.add(new Entry(
                    WireNames.kebab(type.getSimpleName()), type.asSubclass(FaultAction.class), phase, description));
        });
    }
}
