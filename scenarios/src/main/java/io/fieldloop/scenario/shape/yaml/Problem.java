package io.fieldloop.scenario.shape.yaml;

import java.util.function.UnaryOperator;
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
        return sentence(text -> text);
    }

    /** The same in the words of a language, each part for itself. */
    public String sentence(UnaryOperator<String> words) {
        StringBuilder sentence = new StringBuilder(position.toString()).append(": ");
        if (!path.isEmpty()) {
            sentence.append(path).append(": ");
        }
        sentence.append(words.apply(message));
        if (didYouMean != null) {
            sentence.append(words.apply("; did you mean \"" + didYouMean + "\"?"));
        }
        if (expected != null) {
            sentence.append(words.apply(didYouMean == null ? "; expected " : " Expected "))
                    .append(words.apply(expected));
        }
        return sentence.toString();
    }
}
