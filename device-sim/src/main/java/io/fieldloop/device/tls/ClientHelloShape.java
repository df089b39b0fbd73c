package io.fieldloop.device.tls;

import io.fieldloop.device.record.RecordCopy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a kind of TLS client puts into its ClientHello, and the few things it does differently after it; data only.
 *
 * <p>Everything listed is offered, also what this client could not carry out: a peer recognises a device by the offer.
 *
 * @param recordVersion version in the record header that carries the ClientHello
 * @param versions offered protocol versions, newest first
 * @param cipherSuites in order of preference, signalling values included
 * @param extensions in wire order; others the protocol needs follow by number
 * @param groups supported_groups in order
 * @param signatureSchemes signature_algorithms in order
 * @param sendsServerName whether server_name is sent at all
 * @param stampsClock whether the first four bytes of the random are the device's time in seconds, as mbedTLS does:
 *     a capture of a real device shows its
 *     clock
 * @param traits what its build does differently later
 * @param sendsCloseNotify whether closing says so; esp-tls just drops the socket
 */
public record ClientHelloShape(
        String name,
        int recordVersion,
        List<String> versions,
        List<Integer> cipherSuites,
        List<Integer> extensions,
        List<Integer> groups,
        List<Integer> signatureSchemes,
        boolean sendsServerName,
        boolean stampsClock,
        Set<TlsTrait> traits,
        boolean sendsCloseNotify) {

    private static final int MAX_FRAGMENT_LENGTH = 1;
    private static final int POINT_FORMATS = 11;
    private static final Set<Integer> ONLY_IN_TLS_1_2 = Set.of(MAX_FRAGMENT_LENGTH, POINT_FORMATS, 22, 23, 35);
    private static final int TLS_1_3_SUITES = 0x13;
    private static final int RENEGOTIATION_INFO = 0x00ff;
    private static final int P384 = 0x0018;
    private static final int P384_SIGNATURE = 0x0503;
    private static final Set<TlsTrait> CURRENT = Set.of(TlsTrait.JOINS_FRAGMENTS, TlsTrait.MATCHES_ADDRESSES);
    private static final Set<TlsTrait> OTHER_LIBRARY =
            Set.of(TlsTrait.JOINS_FRAGMENTS, TlsTrait.MATCHES_ADDRESSES, TlsTrait.READS_ANYTHING);

    /** ESP-IDF 5.2 to 5.4 (mbedTLS 3): measured, JA3 4cc952a330e1b7a062ce14713d4037e9. */
    public static final ClientHelloShape ESP_IDF_5 = new ClientHelloShape(
            "esp-idf-5",
            0x0303,
            List.of("TLSv1.2"),
            numbers(
                    "c02c c030 c0ad c024 c028 c00a c014 c0af c05d c061 c049 c04d c02b c02f c0ac c023 c027 c009 c013 c0ae"
                            + " c05c c060 c048 c04c 009d c09d 003d 0035 c032 c02a c00f c02e c026 c005 c0a1 c05f c063 c051 c04b"
                            + " c04f c03d 009c c09c 003c 002f c031 c029 c00e c02d c025 c004 c0a0 c05e c062 c050 c04a c04e c03c"
                            + " 00ff"),
            List.of(0, 10, 13, 11, 22, 23, 35),
            numbers("0017 0018 0019"),
            numbers("0603 0601 0503 0501 0403 0401"),
            true,
            true,
            CURRENT,
            false);

    /**
     * ESP-IDF 5 built with CONFIG_MBEDTLS_SSL_PROTO_TLS1_3, which is off by default and needs dynamic buffers off.
     *
     * <p>Assumed, from mbedTLS 3.6's order of preference and of extensions: nobody has captured one.
     */
    public static final ClientHelloShape ESP_IDF_5_TLS_1_3 = ESP_IDF_5.withTls13();

    /**
     * ESP-IDF 6 (mbedTLS 4): what 4.0 dropped is gone, that is static RSA, static ECDH and DHE.
     *
     * <p>Assumed, from mbedTLS's docs/4.0-migration-guide.md: nobody has captured one.
     */
    public static final ClientHelloShape ESP_IDF_6 = RecordCopy.with(ESP_IDF_5, "name", "esp-idf-6")
            .withCipherSuites(
                    numbers("c02c c030 c0ad c024 c028 c00a c014 c0af c05d c061 c049 c04d c02b c02f c0ac c023 c027 c009"
                            + " c013 c0ae c05c c060 c048 c04c 00ff"));

    /**
     * ESP-IDF 4.x (mbedTLS 2.28): measured are the 49 suites in number, DHE_RSA among them, SHA-1 signatures and more groups.
     *
     * <p>Assumed: the suites are mbedTLS 2.28's order of preference without Camellia, ARIA, ChaCha20, PSK and 3DES,
     * which makes exactly 49; extension order,
     * groups and TLS 1.0 as the oldest version are that release's defaults.
     */
    public static final ClientHelloShape ESP_IDF_4 = new ClientHelloShape(
            "esp-idf-4",
            0x0301,
            List.of("TLSv1.2", "TLSv1.1", "TLSv1"),
            numbers(
                    "c02c c030 009f c0ad c09f c024 c028 006b c00a c014 0039 c0af c0a3 c02b c02f 009e c0ac c09e c023 c027"
                            + " 0067 c009 c013 0033 c0ae c0a2 009d c09d 003d 0035 c032 c02a c00f c02e c026 c005 c0a1 009c c09c"
                            + " 003c 002f c031 c029 c00e c02d c025 c004 c0a0 00ff"),
            List.of(0, 13, 10, 11, 22, 23, 35),
            numbers("0019 001c 0018 001b 0017 0016 001a 0015 0014 0013 0012"),
            numbers("0603 0601 0503 0501 0403 0401 0303 0301 0203 0201"),
            true,
            true,
            Set.of(TlsTrait.SHORT_CURVES),
            false);

    /**
     * The TLS stack inside a ML307-class 4G modem. All of it is assumed: nobody has published its ClientHello.
     *
     * <p>A plain TLS 1.2 client. It sends no server name, since the firmware gives no command for one and {@code
     * protocol.md} 4.7 expects the default vhost; use {@link
     * #withServerName} to try the other belief.
     */
    public static final ClientHelloShape MODEM_ML307 = new ClientHelloShape(
            "modem-ml307",
            0x0303,
            List.of("TLSv1.2"),
            numbers("c02c c030 c02b c02f c024 c028 c023 c027 c00a c014 c009 c013 009d 009c 003d 003c 0035 002f 00ff"),
            List.of(0, 10, 11, 13),
            numbers("0017 0018"),
            numbers("0603 0601 0503 0501 0403 0401 0203 0201"),
            false,
            false,
            OTHER_LIBRARY,
            true);

    /** A current general-purpose client (OpenSSL 3 in spirit): the one that still connects when a device does not. */
    public static final ClientHelloShape DESKTOP = new ClientHelloShape(
            "desktop",
            0x0301,
            List.of("TLSv1.3", "TLSv1.2"),
            numbers("1302 1303 1301 c02c c030 cca9 cca8 c02b c02f c024 c028 c023 c027 009d 009c 00ff"),
            List.of(0, 11, 10, 35, 22, 23, 13, 43, 45, 51),
            numbers("001d 0017 0018"),
            numbers("0403 0503 0603 0804 0805 0806 0401 0501 0601"),
            true,
            false,
            OTHER_LIBRARY,
            true);

    public ClientHelloShape {
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
        extensions = List.copyOf(extensions);
        groups = List.copyOf(groups);
        signatureSchemes = List.copyOf(signatureSchemes);
        traits = Set.copyOf(traits);
    }

    boolean has(TlsTrait trait) {
        return traits.contains(trait);
    }

    private ClientHelloShape withExtensions(String otherName, List<Integer> inOrder) {
        return RecordCopy.with(RecordCopy.with(this, "name", otherName), "extensions", inOrder);
    }

    /** The same with {@code mbedtls_ssl_conf_max_frag_len}; the extension lies behind the point formats in mbedTLS's source. */
    public ClientHelloShape askingSmallRecords() {
        if (!extensions.contains(POINT_FORMATS)) {
            return this; // mbedTLS writes both in ssl_tls12_client.c: without TLS 1.2 there is nothing to ask with
        }
        List<Integer> asking = new ArrayList<>(extensions);
        asking.add(asking.indexOf(POINT_FORMATS) + 1, MAX_FRAGMENT_LENGTH);
        return withExtensions(name + "-max-fragment", List.copyOf(asking));
    }

    /** The same built with TLS 1.3, in mbedTLS 3.6's order of preference and of extensions. */
    ClientHelloShape withTls13() {
        return RecordCopy.with(
                        withExtensions(name + "-tls-1.3", List.of(0, 43, 51, 45, 10, 13, 11, 22, 23, 35)),
                        "signatureSchemes",
                        numbers("0603 0503 0403 0806 0601 0805 0501 0804 0401"))
                .withoutClock()
                .withVersions(List.of("TLSv1.3", "TLSv1.2"))
                .withCipherSuites(Stream.concat(numbers("1302 1301").stream(), cipherSuites.stream())
                        .toList());
    }

    /** mbedTLS writes its clock into the random only where TLS 1.2 is the newest version it offers (library/ssl_client.c). */
    private ClientHelloShape withoutClock() {
        return RecordCopy.with(this, "stampsClock", false);
    }

    /** The same built without P-384, which in TLS 1.3 is a signature scheme as well; in TLS 1.2 that number tells the hash alone. */
    public ClientHelloShape withoutP384() {
        ClientHelloShape without = RecordCopy.with(this, "groups", without(groups, P384));
        return versions.contains("TLSv1.3")
                ? RecordCopy.with(without, "signatureSchemes", without(signatureSchemes, P384_SIGNATURE))
                : without;
    }

    private static List<Integer> without(List<Integer> numbers, int number) {
        return numbers.stream().filter(other -> other != number).toList();
    }

    /** The same with one more trait. */
    public ClientHelloShape with(TlsTrait trait) {
        return RecordCopy.with(
                this,
                "traits",
                Stream.concat(traits.stream(), Stream.of(trait)).collect(Collectors.toUnmodifiableSet()));
    }

    public ClientHelloShape withServerName(boolean sends) {
        return RecordCopy.with(this, "sendsServerName", sends);
    }

    /** The same for these versions alone. */
    public ClientHelloShape withVersions(List<String> offered) {
        ClientHelloShape alone = RecordCopy.with(this, "versions", offered);
        boolean isMbedTls13 = offered.equals(List.of("TLSv1.3")) && !has(TlsTrait.READS_ANYTHING);
        return isMbedTls13 ? alone.withoutTls12() : alone;
    }

    /** Without the suites and extensions that mbedTLS 3 offers only where it proposes TLS 1.2 (library/ssl_client.c, ssl_tls12_client.c). */
    private ClientHelloShape withoutTls12() {
        return withExtensions(
                        name,
                        extensions.stream()
                                .filter(extension -> !ONLY_IN_TLS_1_2.contains(extension))
                                .toList())
                .withCipherSuites(cipherSuites.stream()
                        .filter(suite -> suite >> 8 == TLS_1_3_SUITES || suite == RENEGOTIATION_INFO)
                        .toList());
    }

    public ClientHelloShape withCipherSuites(List<Integer> offered) {
        return RecordCopy.with(this, "cipherSuites", offered);
    }

    private static List<Integer> numbers(String hexWords) {
        return Arrays.stream(hexWords.split(" ")).map(HexFormat::fromHexDigits).toList();
    }
}
