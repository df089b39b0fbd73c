package io.fieldloop.scenario.catalogue;

import io.fieldloop.scenario.journal.Lane;
import java.util.List;

/**
 * One kind of journal entry.
 *
 * @param event the record it is read off
 * @param attributes what an entry can say, in its order
 * @param tone how it is drawn
 */
public record EventKind(
        Lane lane, String kind, Class<?> event, List<EventAttribute> attributes, Tone.Scale tone, EventRole role) {}
