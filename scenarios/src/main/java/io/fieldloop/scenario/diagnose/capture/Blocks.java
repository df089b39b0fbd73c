package io.fieldloop.scenario.diagnose.capture;

import java.io.IOException;

/** One format of capture files. */
interface Blocks {
    /** No packet is longer on any wire, not even one that a network card has put together. */
    int PACKET_BYTES_MAX = 1 << 20;

    /** Fills in the next packet; false at the end. */
    boolean next(Packet packet) throws IOException;

    boolean isCutOff();

    default String newSecrets() {
        return "";
    }
}
