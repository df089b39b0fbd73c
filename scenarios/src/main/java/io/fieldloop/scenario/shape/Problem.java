package io.fieldloop.scenario.shape;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a scenario file.
 *
 * @param position where; line and column are 1 where the file as a whole is meant
 * @param path the keys that lead there, {@code devices.door.profile}; empty for the file as a whole
 * @param message what is wrong, half a sentence
 * @param expected what would be right, half a sentence that follows "expected"; null where the message says it
 * @param didYouMean the word that was probably meant; null for none
 */
public record Problem(
        SourcePosition position,
        String path,
        String message,
        @Nullable String expected,
        @Nullable String didYouMean) {
    public String file() {
        return position.file();
    }

    public int line() {
        return position.line();
    }

    public int column() {
        return position.column();
    }

    /** The whole sentence, as compilers print theirs: {@code file:line:column: path: what is wrong}. */
    @Override
    public String toString() {
        StringBuilder sentence = new StringBuilder(position.toString()).append(": ");
        if (!path.isEmpty()) {
            sentence.append(path).append(": ");
        }
        sentence.append(message);
        if (didYouMean != null) {
            sentence.append("; did you mean \"").append(didYouMean).append("\"?");
        }
        if (expected != null) {
            sentence.append(didYouMean == null ? "; expected " : " Expected ").append(expected);
        }
        return sentence.toString();
    }
}
