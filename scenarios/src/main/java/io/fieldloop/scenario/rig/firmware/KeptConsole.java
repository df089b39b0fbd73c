package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.server.connection.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

/** What a firmware printed, as it is kept and compared: byte for byte, but for secrets, of which each byte is an asterisk. */
final class KeptConsole {
    private KeptConsole() {}

    /** Copies line by line; what is kept already stays as it is. */
    static void copy(InputStream console, OutputStream kept) throws IOException {
        Scanner lines = new Scanner(console, StandardCharsets.ISO_8859_1).useDelimiter("(?<=\n)");
        while (lines.hasNext()) {
            kept.write(Secrets.blanked(lines.next().getBytes(StandardCharsets.ISO_8859_1)));
        }
        IOException unreadable = lines.ioException();
        if (unreadable != null) {
            throw unreadable;
        }
    }
}
