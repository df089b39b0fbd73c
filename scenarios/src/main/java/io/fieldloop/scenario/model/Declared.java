package io.fieldloop.scenario.model;

/** The kinds of name a file declares. */
public enum Declared {
    DEVICE,
    ADVERSARY
}
