package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.device.tls.TlsGeneration;
import io.fieldloop.device.tls.TlsTrait;
import io.fieldloop.scenario.diagnose.judge.ChainSight;
import io.fieldloop.scenario.diagnose.sketch.ChainSketch;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.pki.KeyKind;
import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which builds of ESP-IDF refuse a captured chain whatever this client did, and with which code of mbedTLS. */
final class ChainOutlook {
    private static final int RECORD_BYTES = 16_384;
    private static final int SMALL_RECORD_BYTES = 4096;
    private static final int ADDRESS = 7;

    private ChainOutlook() {}

    /** Half sentences; "no build refuses it" where its root is one that the device has. */
    static String words(List<X509Certificate> chain, ChainSight sight, boolean tls12) {
        List<String> words = new ArrayList<>();
        ChainSketch shape = new ChainSketch(chain, null, Instant.EPOCH);
        if (!sight.expiry().isEmpty() || !sight.start().isEmpty()) {
            words.add("a build that checks dates refuses it (-0x2700)");
        }
        if (!sight.weakness().isEmpty()) {
            words.add("every build that verifies refuses it (-0x2700): " + sight.weakness());
        } else if (sight.useDefect() != Defect.NONE) {
            words.add("every build that verifies refuses it (-0x7A00): " + sight.use());
        }
        if (sight.bytes() > RECORD_BYTES) {
            words.add("no build takes so long a chain (-0x7080, -0x7100 since mbedTLS 3.6.3)");
        } else if (sight.bytes() > SMALL_RECORD_BYTES) {
            words.add("a build with 4 KiB of receive buffer cannot take it (-0x7200)");
        }
        if (shape.hasKey(KeyKind.P384)) {
            words.add("a build without P-384 refuses it (-0x3A00)");
        }
        if (isForAddresses(chain.get(0))) {
            words.add(lines(line -> !line.stock().traits().contains(TlsTrait.MATCHES_ADDRESSES))
                    + " find no address in it (-0x2700)");
        }
        if (tls12 && chain.get(0).getPublicKey().getAlgorithm().equals("RSA")) {
            words.add(lines(line -> line.withTls13().traits().contains(TlsTrait.REFUSES_PSS_IN_TLS_1_2))
                    + " built with TLS 1.3 refuse an RSA-PSS signature by it in TLS 1.2 (-0x6600)");
        }
        return words.isEmpty() ? "no build of ESP-IDF that has its root refuses it" : String.join("; ", words);
    }

    private static String lines(Predicate<TlsGeneration> which) {
        return TlsGeneration.all().stream()
                .filter(which)
                .map(TlsGeneration::name)
                .collect(Collectors.joining(", "));
    }

    private static boolean isForAddresses(X509Certificate leaf) {
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .allMatch(name -> Integer.valueOf(ADDRESS).equals(name.get(0))
                                    || NetUtil.isValidIpV4Address(String.valueOf(name.get(1))));
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }
}
