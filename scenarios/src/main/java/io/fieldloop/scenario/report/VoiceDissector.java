package io.fieldloop.scenario.report;

import io.fieldloop.scenario.verdict.ScenarioResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A script that shows tshark and Wireshark the headers of voice over UDP; it says itself how.
 *
 * <p>They know no such protocol, and take datagrams of one length for WireGuard's.
 */
final class VoiceDissector {
    static final String FILE = "voice.lua";

    private VoiceDissector() {}

    /** Whether any voice over UDP passed in this case. */
    static boolean helps(ScenarioResult result) {
        return result.journal().stream().anyMatch(entry -> entry.kind().startsWith("voice-"));
    }

    static void writeTo(Writer out) throws IOException {
        try (InputStream script = Objects.requireNonNull(VoiceDissector.class.getResourceAsStream(FILE))) {
            out.write(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
