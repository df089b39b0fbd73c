package io.fieldloop.scenario.diagnose.tcp;

/** Who reads a connection's two streams, in the order in which they were captured; the array is only lent. */
public interface StreamReader {
    /** The next bytes of one side. */
    void bytes(boolean fromClient, byte[] bytes, int offset, int length, long packet, long nanos);

    /** Bytes of one side are not in the capture; what follows comes after them. */
    void gap(boolean fromClient);

    /** About how many bytes it holds for what is not whole yet, and for what it was told to remember. */
    int footprint();
}
