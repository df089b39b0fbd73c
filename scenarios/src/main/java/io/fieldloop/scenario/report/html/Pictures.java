package io.fieldloop.scenario.report.html;

import io.fieldloop.scenario.expect.Measurement;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.Quantity;
import java.util.Arrays;
import java.util.List;

/**
 * What of a case is drawn as a picture of values.
 *
 * @param link what each device's link did, the one that did most first
 * @param voice how its datagrams came through, by direction
 * @param measured every quantity of which there is a value
 */
record Pictures(List<Plot> link, List<Plot> voice, List<MeasuredPlot> measured) {
    static Pictures of(List<JournalEntry> journal) {
        List<MeasuredPlot> measured = Arrays.stream(Quantity.values())
                .map(quantity -> MeasuredPlot.of(quantity, Measurement.of(quantity, journal)))
                .filter(plot -> !plot.statistics().isEmpty())
                .toList();
        return new Pictures(LinkPlots.ofLinks(journal), LinkPlots.ofVoice(journal), measured);
    }
}
