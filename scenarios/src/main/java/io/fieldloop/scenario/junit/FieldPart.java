package io.fieldloop.scenario.junit;

/** A part of the field that a test starts and stops: a gateway, a link, a device. */
public interface FieldPart extends AutoCloseable {
    /** Starts it; what it reports goes to the run's journal. To be called once. */
    FieldPart start(FieldRun run);

    /** Stops it; done when nothing of it is left. */
    @Override
    void close();
}
