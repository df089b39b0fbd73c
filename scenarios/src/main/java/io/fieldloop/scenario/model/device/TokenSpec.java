package io.fieldloop.scenario.model.device;

import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.scenario.shape.annotation.Doc;
import java.util.Arrays;
import java.util.Optional;

/**
 * The token a device sends.
 *
 * @param kind which
 * @param literal the text, for {@code LITERAL}; else empty
 */
public record TokenSpec(Kind kind, String literal) {
    private static final String LITERAL_PREFIX = "text:";

    /** What is sent in place of a token. */
    public enum Kind {
        @Doc("the token the gateway would have issued to this device")
        VALID,
        @Doc("no Authorization header")
        NONE,
        @Doc("an Authorization header without a value")
        EMPTY,
        @Doc("a valid token without the word Bearer before it")
        NO_BEARER,
        @Doc("a token of long ago")
        EXPIRED,
        @Doc("a token with a time stamp in the future")
        FUTURE,
        @Doc("a valid token of another device")
        OTHER_DEVICE,
        @Doc("a token that no key has signed")
        GARBAGE,
        @Doc("this text")
        LITERAL;

        /** The word in the file. */
        public String wireName() {
            return Kebab.kebab(name());
        }
    }

    /** Reads a kind, or text to be sent as it is; {@code text:none} sends the text {@code none}. */
    public static TokenSpec parse(String text) {
        if (text.startsWith(LITERAL_PREFIX)) {
            return new TokenSpec(Kind.LITERAL, text.substring(LITERAL_PREFIX.length()));
        }
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(k -> k != Kind.LITERAL && k.wireName().equals(text))
                .findFirst();
        return kind.map(known -> new TokenSpec(known, "")).orElseGet(() -> new TokenSpec(Kind.LITERAL, text));
    }

    @Override
    public String toString() {
        return kind == Kind.LITERAL ? LITERAL_PREFIX + literal : kind.wireName();
    }
}
