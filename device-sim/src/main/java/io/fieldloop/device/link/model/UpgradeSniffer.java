package io.fieldloop.device.link.model;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads along the first bytes a device sends, as an operator does, and recognises an HTTP request to upgrade. */
public final class UpgradeSniffer {
    private static final int HEADER_BYTES_MAX = 8192;
    private static final String METHOD = "get ";

    private final StringBuilder seen = new StringBuilder();
    private boolean done;

    public boolean isDone() {
        return done;
    }

    /** Whether with these bytes the request has shown itself to be an upgrade. */
    public boolean recognises(ByteBuf bytes) {
        seen.append(bytes.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
        int start = Math.min(METHOD.length(), seen.length());
        boolean isGet = METHOD.startsWith(seen.substring(0, start));
        boolean upgrades = isGet && seen.indexOf("\r\nupgrade:") >= 0;
        done = upgrades || !isGet || seen.indexOf("\r\n\r\n") >= 0 || seen.length() > HEADER_BYTES_MAX;
        return upgrades;
    }
}
