package io.fieldloop.scenario.rig.firmware;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class KeptConsoleTest {
    /** Of a boot that is replayed the kept console is compared with the new one, so that both have to come out alike. */
    @Test
    void keepsEveryByteButThoseOfSecretsAndNothingTwice() throws IOException {
        String printed =
                "ets Jul 29 2019\r\n\0\u00ff\nI (1) main: token=s3cr3t\r\n{\"password\":\"s3cr3t\"}\n\nhalf a line";

        String kept = kept(printed);

        assertThat(kept).isEqualTo(printed.replace("s3cr3t", "******"));
        assertThat(kept(kept)).isEqualTo(kept);
    }

    private static String kept(String printed) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        KeptConsole.copy(new ByteArrayInputStream(printed.getBytes(ISO_8859_1)), kept);
        return kept.toString(ISO_8859_1);
    }
}
