package io.fieldloop.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final CertificateRequest REQUEST =
            CertificateRequest.of(List.of("gateway.test", "127.0.0.1"), NOW, Duration.ofDays(90));

    private final CertificateAuthority authority = authority(7, KeyKind.P256);

    static CertificateAuthority withKnownPrimes(long seed) {
        return CertificateAuthority.withKnownPrimes(() -> NOW, random(seed));
    }

    static CertificateAuthority authority(long seed, KeyKind kind) {
        return new CertificateAuthority(InstantSource.fixed(NOW), random(seed), kind);
    }

    private static SecureRandom random(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"P256", "P384", "RSA_2048"})
    void oneSeedMakesTheSameKeysAndCertificates(KeyKind kind) throws GeneralSecurityException {
        CertificateAuthority first = authority(11, kind);
        CertificateAuthority second = authority(11, kind);
        CertificateChain one = first.issue(REQUEST.withKeyKind(kind));
        CertificateChain two = second.issue(REQUEST.withKeyKind(kind));

        assertThat(one.key().getEncoded()).isEqualTo(two.key().getEncoded());
        assertThat(one.chain()).isEqualTo(two.chain());
        assertThat(first.root().getEncoded()).isEqualTo(second.root().getEncoded());
        assertThat(authority(12, kind).root()).isNotEqualTo(first.root());
    }

    /** As a server in the field was seen to send it: depth, keys, times and the root behind it. */
    @Test
    void mintsTheChainThatWasAskedFor() {
        Instant end = NOW.plus(Duration.ofDays(40));
        IntermediateRequest low = new IntermediateRequest(KeyKind.P384, NOW, end, SignatureHash.SHA512, false);
        IntermediateRequest root = new IntermediateRequest(KeyKind.P256, NOW, end, null, true);
        List<X509Certificate> chain =
                authority.issue(REQUEST.withAbove(List.of(low, root))).chain();

        assertThat(chain).hasSize(3).last().isEqualTo(authority.root());
        assertThat(chain.get(1).getNotAfter()).isEqualTo(Date.from(end));
        assertThat(chain.get(1).getSigAlgName()).isEqualTo("SHA512withECDSA");
        assertThat(chain.get(0).getSigAlgName()).as("signed with P-384").isEqualTo("SHA384withECDSA");
        assertThat(authority.issue(REQUEST.withAbove(List.of())).chain()).hasSize(1);
    }

    @Test
    void refusesAChainThatItsDefectMakesItself() {
        assertThatThrownBy(() -> REQUEST.withDefect(Defect.WRONG_ORDER).withAbove(List.of()))
                .hasMessage("The defect WRONG_ORDER makes the chain itself.");
    }

    @Test
    void twoRequestsMakeTwoKeysAndSerialNumbers() {
        X509Certificate one = authority.issue(REQUEST).leaf();
        X509Certificate two = authority.issue(REQUEST).leaf();

        assertThat(one.getPublicKey()).isNotEqualTo(two.getPublicKey());
        assertThat(one.getSerialNumber()).isNotEqualTo(two.getSerialNumber());
    }

    @ParameterizedTest
    @EnumSource
    void leafSaysWhatWasAskedFor(KeyKind kind) throws GeneralSecurityException {
        CertificateAuthority authority = withKnownPrimes(11);
        CertificateChain chain = authority.issue(REQUEST.withKeyKind(kind));
        X509Certificate leaf = chain.leaf();

        assertThat(leaf.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "gateway.test"), List.of(7, "127.0.0.1"));
        assertThat(leaf.getNotBefore()).isEqualTo(Date.from(NOW));
        assertThat(leaf.getNotAfter()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(90))));
        assertThat(leaf.getPublicKey().getAlgorithm()).isEqualTo(algorithm(kind));
        assertThat(leaf.getBasicConstraints()).as("no authority").isEqualTo(-1);
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(chain.isPair()).isTrue();
        assertThat(chain.chain()).containsExactly(leaf, authority.intermediate());
        leaf.verify(authority.intermediate().getPublicKey());
        authority.intermediate().verify(authority.root().getPublicKey());
    }

    private static String algorithm(KeyKind kind) {
        if (kind == KeyKind.ED25519) {
            return "EdDSA";
        }
        return kind.modulusBits() > 0 ? "RSA" : "EC";
    }

    @Test
    void expiredAndNotYetValidMissTheClockByADayAndKeepTheirLength() {
        X509Certificate expired =
                authority.issue(REQUEST.withDefect(Defect.EXPIRED)).leaf();
        X509Certificate future =
                authority.issue(REQUEST.withDefect(Defect.NOT_YET_VALID)).leaf();

        assertThat(expired.getNotAfter()).isEqualTo(Date.from(NOW.minus(Duration.ofDays(1))));
        assertThat(expired.getNotBefore()).isEqualTo(Date.from(NOW.minus(Duration.ofDays(91))));
        assertThat(future.getNotBefore()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(1))));
        assertThat(future.getNotAfter()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(91))));
    }

    @Test
    void otherDefectsAreWhatTheirNamesSay() throws GeneralSecurityException {
        CertificateChain lonely = authority.issue(REQUEST.withDefect(Defect.MISSING_INTERMEDIATE));
        CertificateChain own = authority.issue(REQUEST.withDefect(Defect.SELF_SIGNED));
        CertificateChain foreign = authority.issue(REQUEST.withDefect(Defect.FOREIGN_CA));
        CertificateChain misnamed = authority.issue(REQUEST.withDefect(Defect.WRONG_NAME));

        assertThat(lonely.chain()).hasSize(1);
        lonely.leaf().verify(authority.intermediate().getPublicKey());
        assertThat(own.chain()).hasSize(1);
        own.leaf().verify(own.leaf().getPublicKey());
        assertThat(foreign.chain()).hasSize(2);
        assertThatThrownBy(() -> foreign.chain().get(1).verify(authority.root().getPublicKey()))
                .isInstanceOf(SignatureException.class);
        assertThat(misnamed.leaf().getSubjectAlternativeNames())
                .containsExactly(List.of(2, CertificateAuthority.WRONG_NAME));
    }

    @ParameterizedTest
    @EnumSource
    void everyDefectComesOutOfTheSeedAlone(Defect defect) throws GeneralSecurityException {
        CertificateChain one = withKnownPrimes(11).issue(REQUEST.withDefect(defect));
        CertificateChain two = withKnownPrimes(11).issue(REQUEST.withDefect(defect));

        assertThat(one.chain()).isEqualTo(two.chain());
        assertThat(one.isPair()).isEqualTo(defect != Defect.KEY_MISMATCH);
    }

    @Test
    void theLongChainJustFitsOneRecord() throws GeneralSecurityException {
        int bytes = 0;
        for (X509Certificate certificate :
                authority.issue(REQUEST.withDefect(Defect.LONG_CHAIN)).chain()) {
            bytes += certificate.getEncoded().length + 3;
        }
        assertThat(bytes).isBetween(15_000, 16_300);
    }

    @Test
    void wrongOrderIsAWholeChainWhoseAuthoritiesAreSwapped() throws GeneralSecurityException {
        List<X509Certificate> chain =
                authority.issue(REQUEST.withDefect(Defect.WRONG_ORDER)).chain();
        assertThat(chain).hasSize(3);
        chain.get(0).verify(chain.get(2).getPublicKey());
        chain.get(2).verify(chain.get(1).getPublicKey());
        chain.get(1).verify(authority.root().getPublicKey());
    }

    @Test
    void aRequestThatEndsBeforeItBeginsIsRefusedInOneSentence() {
        assertThatThrownBy(() -> CertificateRequest.of(List.of("a.test"), NOW, Duration.ofDays(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A certificate that begins at 2026-03-01T12:00:00Z cannot end at 2026-02-28T12:00:00Z.");
    }
}
