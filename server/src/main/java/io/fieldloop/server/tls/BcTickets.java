package io.fieldloop.server.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Bouncy Castle's sessions are written into tickets as, and the tickets that clients without any know by a session id. */
final class BcTickets {
    private static final int IDS_MAX = 10_000;

    private final TicketConfig config;
    private final TicketKeys keys;
    private final InstantSource clock;
    private final Map<ByteBuffer, byte[]> byId = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, byte[]> eldest) {
            return size() > IDS_MAX;
        }
    };

    BcTickets(TicketConfig config, TicketKeys keys, InstantSource clock) {
        this.config = config;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * What both sides know of a session.
     *
     * @param maxFragment the code of max_fragment_length that was agreed on (RFC 6066 4: also for resumptions), or -1
     * @param secret the master secret in TLS 1.2, the pre-shared key in TLS 1.3
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares sessions, nor changes them
    record Session(int version, int suite, boolean extendedMasterSecret, int maxFragment, byte[] secret) {}

    boolean areGivenIn(TlsVersion version) {
        return config.versions().contains(version);
    }

    long seconds() {
        return config.lifetime().toSeconds();
    }

    byte[] seal(Session session) {
        Instant now = clock.instant();
        ByteBuffer plain = ByteBuffer.allocate(Long.BYTES + 4 * Short.BYTES + session.secret().length)
                .putLong(now.toEpochMilli())
                .putShort((short) session.version())
                .putShort((short) session.suite())
                .putShort((short) (session.extendedMasterSecret() ? 1 : 0))
                .putShort((short) session.maxFragment())
                .put(session.secret());
        return keys.seal(plain.array(), now);
    }

    /** The session of a ticket that is ours and not too old. */
    @Nullable
    Session open(byte[] ticket, TlsVersion version) {
        Instant now = clock.instant();
        byte[] plain = areGivenIn(version) ? keys.open(ticket, now) : null;
        if (plain == null) {
            return null;
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(plain);
            Duration age = Duration.between(Instant.ofEpochMilli(in.getLong()), now);
            int writtenVersion = in.getShort() & 0xFFFF;
            Session session =
                    new Session(writtenVersion, in.getShort() & 0xFFFF, in.getShort() == 1, in.getShort(), rest(in));
            return age.compareTo(config.lifetime()) < 0 && writtenVersion == version.code() ? session : null;
        } catch (BufferUnderflowException e) {
            throw new IllegalStateException("a ticket that we sealed is cut short", e);
        }
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }

    synchronized void remember(byte[] id, byte[] ticket) {
        byId.put(ByteBuffer.wrap(id.clone()), ticket);
    }

    synchronized byte @Nullable [] ofId(byte[] id) {
        return byId.get(ByteBuffer.wrap(id));
    }
}
