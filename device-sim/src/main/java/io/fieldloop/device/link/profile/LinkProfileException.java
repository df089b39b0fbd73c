package io.fieldloop.device.link.profile;

/** A link profile that cannot be: its message is one sentence of what is wrong, and what was expected. */
public final class LinkProfileException extends IllegalArgumentException {
    public LinkProfileException(String message) {
        super(message);
    }
}
