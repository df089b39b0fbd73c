package io.fieldloop.device.modem.driver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A command to the modem.
 *
 * @param limit how long each of its answers may take
 * @param data what is sent once the modem prompts for it
 * @param done hears how it went
 */
record AtRequest(String command, Duration limit, @Nullable String data, Consumer<AtResult> done) {

    /** A text as command and data carry it: a character for each of its bytes. */
    static String onTheLine(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    /** How a command went. */
    enum AtResult {
        OK,
        /** {@code ERROR} or {@code +CME ERROR}. */
        ERROR,
        /** No answer within the limit; one that comes later is taken for the next command's. */
        SILENCE;

        /** What is printed of a failure from 3.7 on (AtError::ToString() in src/network_error.cc). */
        String text(int cmeError) {
            return this == SILENCE
                    ? "AT command timed out"
                    : cmeError == 0 ? "AT command returned ERROR" : "AT CME error (cme=" + cmeError + ")";
        }
    }
}
