package io.fieldloop.server.admin;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses the language of a page: what the address asks for, else what the browser prefers, else English. */
final class Language {
    static final List<String> ALL = List.of("en", "zh");

    private Language() {}

    /**
     * One of {@link #ALL}.
     *
     * @param asked the value of {@code lang} in the address; empty where it has none
     * @param accepted the header Accept-Language (RFC 9110, 12.5.4)
     */
    static String of(String asked, @Nullable String accepted) {
        try {
            String ranges = !asked.isEmpty() || accepted == null ? asked : accepted;
            String found = ranges.isBlank() ? null : Locale.lookupTag(Locale.LanguageRange.parse(ranges), ALL);
            return found == null ? ALL.get(0) : found;
        } catch (IllegalArgumentException malformed) {
            return ALL.get(0);
        }
    }
}
