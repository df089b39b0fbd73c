package io.fieldloop.scenario.diagnose.conversation;

import io.fieldloop.scenario.diagnose.tcp.StreamReader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One layer: waits until its first bytes tell what it is, then gives all of them to whoever reads that. */
final class Speech implements StreamReader {
    private final FirstWords words = new FirstWords();
    private final Function<FirstWords.Language, @Nullable StreamReader> readers;
    private @Nullable StreamReader reader;
    private boolean over;

    /** @param readers what reads a language, or null for one that nobody reads */
    Speech(Function<FirstWords.Language, @Nullable StreamReader> readers) {
        this.readers = readers;
    }

    @Override
    public void bytes(boolean fromClient, byte[] bytes, int offset, int length, long packet, long nanos) {
        if (reader == null && !over) {
            byte[] before = words.ofClient();
            words.hear(fromClient, bytes, offset, length, packet, nanos);
            FirstWords.Language language = words.language();
            if (language != FirstWords.Language.UNDECIDED) {
                reader = readers.apply(language);
                over = reader == null;
                if (reader != null && before.length > 0) {
                    reader.bytes(true, before, 0, before.length, packet, nanos);
                }
            }
        } else if (words.serverAt() == null && !fromClient) {
            words.hear(false, bytes, offset, length, packet, nanos);
        }
        if (reader != null) {
            reader.bytes(fromClient, bytes, offset, length, packet, nanos);
        }
    }

    @Override
    public void gap(boolean fromClient) {
        if (reader == null) {
            over = true;
        } else {
            reader.gap(fromClient);
        }
    }

    @Override
    public int footprint() {
        return reader == null ? 0 : reader.footprint();
    }

    FirstWords words() {
        return words;
    }
}
