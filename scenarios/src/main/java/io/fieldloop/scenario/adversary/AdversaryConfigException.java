package io.fieldloop.scenario.adversary;

import java.io.Serial;

/** An attack cannot be made as asked; the message is one sentence for the user. */
public final class AdversaryConfigException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public AdversaryConfigException(String sentence) {
        super(sentence);
    }
}
