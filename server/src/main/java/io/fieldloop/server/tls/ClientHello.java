package io.fieldloop.server.tls;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the listener must know of a ClientHello before an engine sees it (RFC 8446 4.1.2).
 *
 * @param versions the versions offered that the gateway knows
 * @param cipherSuites the suites offered, in the client's order
 * @param serverName the host name asked for, in lower case, or null
 * @param asksMaxFragmentLength whether the client asks for shorter records (RFC 6066 section 4)
 */
record ClientHello(
        Set<TlsVersion> versions,
        List<Integer> cipherSuites,
        @Nullable String serverName,
        boolean asksMaxFragmentLength) {

    private static final int RANDOM_BYTES = 32;
    private static final int SERVER_NAME = 0;
    private static final int HOST_NAME = 0;
    private static final int MAX_FRAGMENT_LENGTH = 1;
    private static final int SUPPORTED_VERSIONS = 43;

    /**
     * Reads the body of the handshake message.
     *
     * @throws IndexOutOfBoundsException if a length points past the end of the message
     */
    static ClientHello parse(ByteBuf body) {
        int legacyVersion = body.readUnsignedShort();
        body.skipBytes(RANDOM_BYTES);
        body.skipBytes(body.readUnsignedByte());
        ByteBuf suiteBytes = body.readSlice(body.readUnsignedShort());
        List<Integer> suites = new ArrayList<>();
        while (suiteBytes.isReadable()) {
            suites.add(suiteBytes.readUnsignedShort());
        }
        body.skipBytes(body.readUnsignedByte());
        Set<TlsVersion> versions = upTo(legacyVersion);
        String serverName = null;
        boolean asksMaxFragmentLength = false;
        ByteBuf extensions = body.isReadable() ? body.readSlice(body.readUnsignedShort()) : body;
        while (extensions.isReadable()) {
            int type = extensions.readUnsignedShort();
            ByteBuf content = extensions.readSlice(extensions.readUnsignedShort());
            switch (type) {
                case SERVER_NAME -> serverName = hostName(content);
                case MAX_FRAGMENT_LENGTH -> asksMaxFragmentLength = true;
                case SUPPORTED_VERSIONS -> versions = listed(content);
                default -> {
                    // The engine reads the others.
                }
            }
        }
        return new ClientHello(versions, List.copyOf(suites), serverName, asksMaxFragmentLength);
    }

    /** Before TLS 1.3 a client that speaks a version speaks the older ones too, as far as anybody can tell. */
    private static Set<TlsVersion> upTo(int legacyVersion) {
        Set<TlsVersion> versions = EnumSet.noneOf(TlsVersion.class);
        for (TlsVersion version : TlsVersion.values()) {
            if (version.code() <= Math.min(legacyVersion, TlsVersion.TLSv1_2.code())) {
                versions.add(version);
            }
        }
        return Collections.unmodifiableSet(versions);
    }

    private static Set<TlsVersion> listed(ByteBuf content) {
        Set<TlsVersion> versions = EnumSet.noneOf(TlsVersion.class);
        ByteBuf codes = content.readSlice(content.readUnsignedByte());
        while (codes.isReadable()) {
            TlsVersion.ofCode(codes.readUnsignedShort()).ifPresent(versions::add);
        }
        return Collections.unmodifiableSet(versions);
    }

    private static @Nullable String hostName(ByteBuf content) {
        if (!content.isReadable()) {
            return null;
        }
        ByteBuf names = content.readSlice(content.readUnsignedShort());
        while (names.isReadable()) {
            int kind = names.readUnsignedByte();
            ByteBuf name = names.readSlice(names.readUnsignedShort());
            if (kind == HOST_NAME) {
                return name.toString(StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
            }
        }
        return null;
    }

    /** The version that a server of these agrees on. */
    Optional<TlsVersion> newestOf(Set<TlsVersion> served) {
        TlsVersion newest = null;
        for (TlsVersion each : versions) { // in their order, oldest first
            newest = served.contains(each) ? each : newest;
        }
        return Optional.ofNullable(newest);
    }

    boolean offersAnyOf(Set<TlsVersion> served) {
        return !Collections.disjoint(versions, served);
    }
}
