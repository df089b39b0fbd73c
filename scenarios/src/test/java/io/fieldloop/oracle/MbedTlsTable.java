package io.fieldloop.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What builds of mbedTLS were measured to do with servers, one per line; an empty cell was not measured. */
final class MbedTlsTable {
    private static final String FILE = "mbedtls.psv";

    private MbedTlsTable() {}

    /** Build, {@link MeasuredServer} and result of each cell. */
    static Stream<Arguments> cells() throws IOException {
        List<String[]> rows = text().lines().map(line -> line.split("\\|", -1)).toList();
        String[] builds = rows.get(0);
        List<Arguments> cells = new ArrayList<>();
        for (String[] row : rows.subList(1, rows.size())) {
            for (int i = 1; i < builds.length; i++) {
                if (!row[i].isEmpty()) {
                    cells.add(Arguments.of(builds[i], MeasuredServer.named(row[0]), row[i]));
                }
            }
        }
        return cells.stream();
    }

    private static String text() throws IOException {
        try (InputStream in = Objects.requireNonNull(MbedTlsTable.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
