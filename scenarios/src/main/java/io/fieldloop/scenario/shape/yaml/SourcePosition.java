package io.fieldloop.scenario.shape.yaml;

/**
 * A place in a scenario file.
 *
 * @param file the path as the user gave it
 * @param line from 1
 * @param column from 1, in characters
 */
public record SourcePosition(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
