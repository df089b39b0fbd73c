package io.fieldloop.server.ota;

import java.time.Instant;

/** Judges a request to the OTA listener; one kind for each server whose answers are given. */
interface OtaRules {
    /** The paths devices are documented to use, without the slash at the end of the first. */
    String CHECK = "/xiaozhi/ota";

    String ACTIVATE = CHECK + "/activate";

    OtaAnswer answer(OtaRequest request, Instant now);

    /** Whether the path is that of the check, with its last slash or without. */
    static boolean isCheck(String path) {
        return path.equals(CHECK) || path.equals(CHECK + "/");
    }
}
