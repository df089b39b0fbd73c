package io.fieldloop.scenario.diagnose.number;

import java.util.List;

/**
 * What a number means where it is counted so.
 *
 * @param code as that space writes it: {@code -0x2700}, {@code 0x8006}, {@code 403}
 * @param name the name there
 * @param causes words of causes, the most usual first; empty where the number alone says nothing of a cause
 * @param says a sentence fragment, or empty
 */
public record Meaning(NumberSpace space, String code, String name, List<String> causes, String says) {
    public Meaning {
        causes = List.copyOf(causes);
    }

    /** For a person: number, who counts, name, and what it says. */
    public String text() {
        return code + " is " + name + " (" + space.title() + ")" + (says.isEmpty() ? "" : ": " + says);
    }
}
