package io.fieldloop.device.tls;

import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.tls.SessionParameters;
import org.jspecify.annotations.Nullable;

/**
 * The TLS sessions a device keeps to take up again, one for each host: what {@code esp_tls_get_client_session} gives.
 *
 * <p>They lie in memory, so that a reboot forgets them.
 */
public final class KeptSessions {
    private final Map<String, Kept> byHost = new HashMap<>();

    /**
     * One session.
     *
     * @param ticket what the server knows it by; empty where that is the session id
     * @param sessionId of a TLS 1.2 server that gives no tickets
     * @param tls12 its secrets in TLS 1.2; null in TLS 1.3, which has {@code key} instead
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares sessions, nor changes them
    record Kept(byte[] ticket, byte[] sessionId, @Nullable SessionParameters tls12, byte[] key) {}

    @Nullable
    Kept of(String host) {
        return byHost.get(host);
    }

    /** How long the ticket for a host is; 0 where there is none. */
    public int ticketBytes(String host) {
        Kept kept = of(host);
        return kept == null ? 0 : kept.ticket().length;
    }

    void keep(String host, Kept session) {
        byHost.put(host, session);
    }

    /** The device has lost its memory. */
    public void clear() {
        byHost.clear();
    }
}
