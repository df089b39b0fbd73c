package io.fieldloop.scenario.shape;

/** The kinds of name a file declares. */
public enum Declared {
    DEVICE,
    ADVERSARY,
    /** Either of them. */
    ACTOR;

    /** The word for a message. */
    public String what() {
        return switch (this) {
            case DEVICE -> "device";
            case ADVERSARY -> "adversary";
            case ACTOR -> "device or adversary";
        };
    }
}
