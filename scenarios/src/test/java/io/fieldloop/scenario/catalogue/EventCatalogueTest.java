package io.fieldloop.scenario.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.EventRecords;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.WireNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventCatalogueTest {
    private static final Pattern LITERAL = Pattern.compile("[\"']([a-z-]+)[\"']");

    /** Words that are kinds of events and other things as well, and stand for these. */
    private static final Set<String> ALSO_OTHER_WORDS = Set.of("log", "reset", "silent", "closed", "finished");

    @Test
    void everyKindHasADeliberateTone() {
        assertThat(EventCatalogue.all())
                .extracting(EventKind::event)
                .allSatisfy(event -> assertThat(EventTones.has(event)).isTrue());
    }

    @Test
    void whatAToneDependsOnIsAnAttributeAndItsWords() {
        assertThat(EventCatalogue.all())
                .filteredOn(kind -> !kind.tone().by().isEmpty())
                .isNotEmpty()
                .allSatisfy(kind -> assertThat(kind.attributes())
                        .filteredOn(
                                attribute -> attribute.name().equals(kind.tone().attribute()))
                        .singleElement()
                        .satisfies(attribute -> assertThat(attribute.words())
                                .containsAll(kind.tone().by().keySet())));
    }

    @Test
    void aCrashIsBadAndAnOrdinaryEndIsNot() {
        assertThat(Stream.of(
                        FirmwareEvent.Panic.class,
                        FirmwareEvent.GuruMeditation.class,
                        FirmwareEvent.WatchdogReset.class,
                        FirmwareEvent.WatchdogTriggered.class,
                        FirmwareEvent.Brownout.class,
                        FirmwareEvent.BootLoop.class,
                        FirmwareEvent.Exited.class))
                .extracting(event -> EventCatalogue.of(event).tone().usual())
                .containsOnly(Tone.BAD);
        Tone.Scale closed = EventCatalogue.of(GatewayEvent.SessionClosed.class).tone();
        assertThat(closed.by().get(CloseReason.DEVICE_DROPPED.wireName())).isEqualTo(Tone.PLAIN);
        assertThat(closed.by()).doesNotContainKey(CloseReason.KEEPALIVE_PING_TIMEOUT.wireName());
        assertThat(closed.usual()).isEqualTo(Tone.WARN);
    }

    /** The gateway reads its records by itself; what it says has to be what the catalogue says it says. */
    @Test
    void bothReadersOfRecordsGiveTheSameWords() {
        assertThat(EventCatalogue.all())
                .filteredOn(kind -> GatewayEvent.class.isAssignableFrom(kind.event()))
                .allSatisfy(kind -> {
                    assertThat(kind.kind())
                            .isEqualTo(WireNames.kebab(kind.event().getSimpleName()));
                    for (EventAttribute attribute : kind.attributes()) {
                        if (attribute.type().isEnum()) {
                            assertThat(attribute.type().getEnumConstants())
                                    .extracting(constant -> WireNames.kebab(((Enum<?>) constant).name()))
                                    .containsExactlyElementsOf(attribute.words());
                        }
                    }
                });
    }

    @Test
    void anAttributeIsSpeltAsInTheJournalFile() {
        assertThat(EventCatalogue.of(DeviceEvent.Refused.class).attributes())
                .extracting(EventAttribute::key)
                .startsWith("reason", "code", "text", "elapsed-seconds", "phase");
        assertThat(EventRecords.kind(LinkEvent.NatExpired.class)).isEqualTo("nat-expired");
    }

    @Test
    void noKindStandsAnywhereElse() throws IOException {
        Set<String> kinds = EventCatalogue.all().stream()
                .map(EventKind::kind)
                .filter(kind -> !ALSO_OTHER_WORDS.contains(kind))
                .collect(Collectors.toSet());
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            for (String line : Files.readAllLines(file)) {
                Matcher literal = LITERAL.matcher(line);
                while (literal.find()) {
                    if (kinds.contains(literal.group(1)) && !line.strip().matches("(\\*|//).*")) {
                        found.add(file + ": " + line.strip());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            return files.filter(file -> file.toString().matches(".*\\.(java|js)"))
                    .toList();
        }
    }
}
