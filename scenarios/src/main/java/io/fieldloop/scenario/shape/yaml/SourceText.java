package io.fieldloop.scenario.shape.yaml;

/** A part of the file as it was written, on one line and with the matrix values filled in. */
public record SourceText(String line) {
    @Override
    public String toString() {
        return line;
    }
}
