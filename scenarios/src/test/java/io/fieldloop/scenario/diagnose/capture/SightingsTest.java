package io.fieldloop.scenario.diagnose.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.capture.Sightings.Sight;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One packet at two places is one packet, and at one place twice it was sent twice. */
final class SightingsTest {
    private static final int RAW = 101;
    private static final int MICROS = 6;

    private final CaptureBytes file = new CaptureBytes(ByteOrder.LITTLE_ENDIAN).section();

    /** As mergecap leaves them, of captures that name no interface. */
    @Test
    void tellsInterfacesWithoutNamesApart() throws Exception {
        file.describe(RAW, "", MICROS).describe(RAW, "", MICROS);
        sent(0, 1_000).sent(1, 1_400).sent(0, 3_000).sent(1, 3_400);
        assertThat(sights()).containsExactly(Sight.FIRST, Sight.ELSEWHERE, Sight.FIRST, Sight.ELSEWHERE);
    }

    @Test
    void tellsInterfacesOfSeveralSectionsApart() throws Exception {
        file.describe(RAW, "eth0", MICROS);
        sent(0, 1_000);
        file.section().describe(RAW, "eth0", MICROS);
        sent(0, 1_400);
        assertThat(sights()).containsExactly(Sight.FIRST, Sight.ELSEWHERE);
    }

    /** The same identification, too: who sends again takes a new one. */
    @Test
    void takesASecondOneOfOneInterfaceForACopyWhereItComesAtOnce() throws Exception {
        file.describe(RAW, "eth0", MICROS);
        sent(0, 1_000).sent(0, 1_400).sent(0, 9_000);
        assertThat(sights()).containsExactly(Sight.FIRST, Sight.COPY, Sight.FIRST);
    }

    private SightingsTest sent(int from, long micros) {
        file.packet(from, micros, CaptureBytes.ipv4(), 40);
        return this;
    }

    private List<Sight> sights() throws Exception {
        List<Sight> seen = new ArrayList<>();
        Sightings sightings = new Sightings();
        Frame frame = new Frame();
        try (CaptureReader reader = file.reader()) {
            for (Packet next = reader.next(); next != null; next = reader.next()) {
                assertThat(frame.read(next)).isTrue();
                seen.add(sightings.of(0, next, frame));
            }
        }
        return seen;
    }
}
