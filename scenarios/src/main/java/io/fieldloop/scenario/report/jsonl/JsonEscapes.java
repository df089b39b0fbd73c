package io.fieldloop.scenario.report.jsonl;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.fieldloop.scenario.report.text.VisibleText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which characters of a JSON string are written as {@code \\uXXXX}: everything a person would not see.
 *
 * <p>Both halves of a surrogate pair are escaped as well. A lone half, which a hostile peer can send, then is still
 * valid JSON.
 */
public final class JsonEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    private final boolean insideHtml;

    private JsonEscapes(boolean insideHtml) {
        this.insideHtml = insideHtml;
    }

    /** For JSON that stands alone. */
    public static JsonEscapes standalone() {
        return new JsonEscapes(false);
    }

    /** For JSON inside a {@code <script>} element: nothing in it can end the element or open a comment. */
    public static JsonEscapes insideHtml() {
        return new JsonEscapes(true);
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[0x7f] = ESCAPE_STANDARD;
        if (insideHtml) {
            codes['<'] = ESCAPE_STANDARD;
            codes['>'] = ESCAPE_STANDARD;
            codes['&'] = ESCAPE_STANDARD;
        }
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return VisibleText.isVisible(character)
                ? null
                : new SerializedString(String.format(Locale.ROOT, "\\u%04X", character));
    }
}
