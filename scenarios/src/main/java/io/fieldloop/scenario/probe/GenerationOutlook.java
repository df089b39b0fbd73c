package io.fieldloop.scenario.probe;

import io.fieldloop.device.tls.TlsGeneration;
import io.fieldloop.device.tls.TlsTrait;
import io.fieldloop.scenario.probe.finding.CertificateFinding;
import io.fieldloop.scenario.probe.finding.ChainFinding;
import io.fieldloop.scenario.probe.finding.TlsFinding;
import io.fieldloop.scenario.probe.wire.Suites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What ESP-IDF's release lines make of a server's TLS, and what its next renewal may change, in words.
 *
 * <p>Judged by what was seen, each line as it is built by default, with roots that lead to this chain; tried is the ClientHello alone.
 */
final class GenerationOutlook {
    private static final int RECORD_BYTES = 16_384;

    /** What public authorities issue at most from 2029-03-15 on (CA/Browser Forum SC-081v3). */
    private static final Duration FUTURE_LIFE = Duration.ofDays(47);

    private final TlsFinding tls;
    private final ChainFinding chain;

    private GenerationOutlook(TlsFinding tls, ChainFinding chain) {
        this.tls = tls;
        this.chain = chain;
    }

    /** Sentences, of which the first tells the lines that connect; none for a server that showed no certificate. */
    static List<String> of(TlsFinding tls) {
        ChainFinding chain = tls.chain();
        return chain == null ? List.of() : new GenerationOutlook(tls, chain).sentences();
    }

    private List<String> sentences() {
        List<String> connecting = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        for (TlsGeneration line : TlsGeneration.all()) {
            TlsFinding.Line tried = tls.lines().stream()
                    .filter(one -> one.name().equals(line.name()))
                    .findFirst()
                    .orElseThrow();
            String build = line.name() + " (mbedTLS " + line.mbedTls() + ") ";
            String obstacle = tried.refusal() == null ? obstacle(line) : refusal(line, tried.refusal());
            if (!tried.answered()) {
                sentences.add(build + "may connect or not: its ClientHello found " + tried.refusal());
            } else if (obstacle.isEmpty()) {
                connecting.add(line.name());
            } else {
                sentences.add(build + "cannot connect: " + obstacle);
            }
        }
        sentences.add(
                0,
                (connecting.isEmpty() ? "no line" : String.join(", ", connecting)) + " can connect"
                        + (tls.certificateRequested()
                                ? ", if the client certificate it asks for is there or not needed"
                                : ""));
        addBuilds(sentences);
        addRenewal(sentences);
        return sentences;
    }

    /** Why its ClientHello is refused. */
    private String refusal(TlsGeneration line, String refusal) {
        if (!refusal.startsWith("alert ")) {
            return "after its ClientHello " + refusal;
        }
        List<String> versions = line.stock().versions();
        List<String> served = tls.acceptedVersions();
        if (versions.stream().noneMatch(served::contains)) {
            return "no TLS version in common (-0x7780)";
        }
        List<String> suites =
                line.stock().cipherSuites().stream().map(Suites::name).toList();
        boolean suite = tls.versions().stream()
                .filter(version -> versions.contains(version.name()))
                .flatMap(version -> version.suites().stream())
                .anyMatch(suites::contains);
        return suite ? "no curve or kind of signature in common (-0x7780)" : "no cipher suite in common (-0x7780)";
    }

    /** What stops it where its ClientHello is taken. */
    private String obstacle(TlsGeneration line) {
        boolean joins = line.stock().traits().contains(TlsTrait.JOINS_FRAGMENTS);
        if (tls.splitsMessages() && !joins) {
            return "the server cuts handshake messages into several records (-0x7080)";
        }
        if (chain.bytes() > RECORD_BYTES) {
            return "the chain of " + chain.bytes() + " bytes fits no record (" + tooLong(line, joins) + ")";
        }
        boolean addresses = line.stock().traits().contains(TlsTrait.MATCHES_ADDRESSES);
        boolean onlyAddress = chain.leaf().names().stream().allMatch(name -> name.matches("[0-9.]+|.*:.*"));
        return onlyAddress && !chain.leaf().names().isEmpty() && !addresses
                ? "the certificate is for an address, which this mbedTLS does not look at (-0x2700)"
                : "";
    }

    private static String tooLong(TlsGeneration line, boolean joins) {
        return !joins ? "-0x7080" : line.stock().traits().contains(TlsTrait.PSA_CODES) ? "-0x0087" : "-0x7100";
    }

    private void addBuilds(List<String> sentences) {
        if (keys().anyMatch("EC P-384"::equals)) {
            sentences.add("a build without P-384 cannot: it ends with -0x3A00, even where it verifies nothing");
        }
        boolean rsa = chain.leaf().key().startsWith("RSA");
        if (rsa && !tls.acceptedVersions().contains("TLSv1.3")) {
            sentences.add("idf-5.5 and idf-6 built with TLS 1.3 end with -0x6600 where the server signs with RSA-PSS,"
                    + " as OpenSSL does (mbedTLS 3.6.6, 4.1.0)");
        }
    }

    private void addRenewal(List<String> sentences) {
        if (chain.leaf().key().equals("EC P-256") && keys().noneMatch("EC P-384"::equals)) {
            sentences.add(
                    "after a renewal by Let's Encrypt (Generation Y) three more certificates on P-384 come with it,"
                            + " which a build without P-384 cannot read");
        }
        Duration life = Duration.between(chain.leaf().notBefore(), chain.leaf().notAfter());
        if (life.compareTo(FUTURE_LIFE) > 0) {
            sentences.add("renewals will be for shorter: public authorities issue 100 days at most from 2027-03-15 and "
                    + FUTURE_LIFE.toDays() + " from 2029-03-15, this one has " + life.toDays());
        }
    }

    private Stream<String> keys() {
        return chain.certificates().stream().map(CertificateFinding::key);
    }
}
