package io.fieldloop.scenario.diagnose.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.tcp.Segments;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a client is by what it says first, in the gateway's words; whoever is answered in its own protocol is no scanner. */
final class ScansTest {
    @ParameterizedTest
    @CsvSource({
        "030000130ee000000000000100080003000000, '', rdp-scan",
        "030000130ee000000000000100080003000000, 0300000b06d00000123400, ''",
        "5353482d322e302d6c69627373680d0a, '', ssh-scan",
        "5353482d322e302d6c69627373680d0a, 5353482d322e302d4f70656e535348, ''",
        "00000045ff534d427200000000, '', smb-scan",
        "474554202f20485454502f312e310d0a0d0a, 15030100020246, http-on-tls"
    })
    void tellsThemByTheirFirstBytes(String client, String server, String word) throws IOException {
        Segments capture = new Segments();
        capture.opened();
        capture.up(Segments.ACK, 1, text(client));
        capture.down(Segments.ACK, 1, 1 + client.length() / 2, text(server));

        CaptureReader reader = CaptureReader.of("x", new ByteArrayInputStream(capture.bytes()));
        CaptureDiagnosis read = CaptureDiagnosis.read("x", reader, new Secrets());

        assertThat(read.connections().get(0).causes().stream()
                        .map(Cause::word)
                        .findFirst()
                        .orElse(""))
                .isEqualTo(word);
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }
}
