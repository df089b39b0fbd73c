package io.fieldloop.scenario.diagnose.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client offers (RFC 8446 section 4.1.2).
 *
 * @param random in hex, as a key log names the session
 * @param version the one field that old servers look at
 * @param versions of supported_versions, or empty
 * @param extensions their numbers, in order
 * @param serverName the name asked for, or null
 * @param recordBytes the longest record it asks for (max_fragment_length), or 0
 */
public record ClientHello(
        String random,
        int version,
        List<Integer> versions,
        List<Integer> suites,
        List<Integer> extensions,
        List<Integer> groups,
        List<Integer> signatures,
        @Nullable String serverName,
        int recordBytes) {
    private static final int SERVER_NAME = 0;
    private static final int MAX_FRAGMENT_LENGTH = 1;
    private static final int GROUPS = 10;
    private static final int SIGNATURES = 13;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int RANDOM_BYTES = 32;

    public ClientHello {
        versions = List.copyOf(versions);
        suites = List.copyOf(suites);
        extensions = List.copyOf(extensions);
        groups = List.copyOf(groups);
        signatures = List.copyOf(signatures);
    }

    static ClientHello parse(Fields body) {
        int version = body.u16();
        String random = HexFormat.of().formatHex(body.octets(RANDOM_BYTES));
        body.part(body.u8());
        List<Integer> suites = body.part(body.u16()).numbers();
        body.part(body.u8());
        Fields all = body.isOver() ? body : body.part(body.u16());
        List<Integer> extensions = new ArrayList<>();
        List<Integer> versions = List.of();
        List<Integer> groups = List.of();
        List<Integer> signatures = List.of();
        String name = null;
        int recordBytes = 0;
        while (!all.isOver()) {
            int type = all.u16();
            Fields content = all.part(all.u16());
            extensions.add(type);
            switch (type) {
                case SERVER_NAME -> name = name(content);
                case MAX_FRAGMENT_LENGTH -> recordBytes = recordBytes(content.u8());
                case GROUPS -> groups = content.part(content.u16()).numbers();
                case SIGNATURES -> signatures = content.part(content.u16()).numbers();
                case SUPPORTED_VERSIONS -> versions = content.part(content.u8()).numbers();
                default -> {}
            }
        }
        return new ClientHello(random, version, versions, suites, extensions, groups, signatures, name, recordBytes);
    }

    /** RFC 6066 section 4: 1 is 512 bytes, each number more doubles them, and there are four. */
    private static int recordBytes(int number) {
        return number >= 1 && number <= 4 ? 256 << number : 0;
    }

    private static String name(Fields content) {
        Fields list = content.part(content.u16());
        list.u8();
        return new String(list.octets(list.u16()), StandardCharsets.US_ASCII);
    }

    /** The newest version offered, as its number on the wire. */
    public int newest() {
        return versions.stream()
                .filter(one -> one >>> 8 == 3)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(version);
    }
}
