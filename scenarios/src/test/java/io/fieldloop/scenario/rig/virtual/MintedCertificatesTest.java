package io.fieldloop.scenario.rig.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.rig.RunAuthority;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.pki.KeyKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MintedCertificatesTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    private static final CertificateRequest SOUND =
            CertificateRequest.of(List.of("gateway.test"), BEGAN, Duration.ofDays(90));
    private static final CertificateRequest RSA = SOUND.withKeyKind(KeyKind.RSA_2048);
    private static final CertificateRequest FOREIGN = SOUND.withDefect(Defect.FOREIGN_CA);

    private final MintedCertificates shared = new MintedCertificates();
    private Instant now = BEGAN;

    private RunAuthority authority(MintedCertificates minted, long seed) {
        now = BEGAN;
        return minted.authority(new Seeds(seed), () -> now);
    }

    private static List<Object> content(CertificateChain chain) {
        return List.of(chain.chain(), List.of(chain.key()));
    }

    @Test
    void sameRequestsOfOneSeedAreMintedOnce() {
        RunAuthority one = authority(shared, 1);
        RunAuthority other = authority(shared, 1);
        assertThat(other.root()).isSameAs(one.root());
        assertThat(other.issue(SOUND)).isSameAs(one.issue(SOUND));
        assertThat(other.issue(RSA)).isSameAs(one.issue(RSA));
        assertThat(authority(shared, 2).issue(SOUND)).isNotSameAs(one.issue(SOUND));
    }

    /** Whoever comes later gets what it would have got alone, whatever others asked in between. */
    @Test
    void whatOthersAskedChangesNothing() {
        authority(shared, 1).issue(FOREIGN);
        authority(shared, 1).issue(RSA);
        RunAuthority among = authority(shared, 1);
        CertificateChain first = among.issue(SOUND);
        now = BEGAN.plusSeconds(600);
        CertificateChain second = among.issue(FOREIGN);

        RunAuthority alone = authority(new MintedCertificates(), 1);
        assertThat(content(alone.issue(SOUND))).isEqualTo(content(first));
        now = BEGAN.plusSeconds(600);
        assertThat(content(alone.issue(FOREIGN))).isEqualTo(content(second));
        assertThat(alone.root()).isEqualTo(among.root());
    }

    @Test
    void anotherTimeIsAnotherCertificate() {
        RunAuthority early = authority(shared, 1);
        CertificateChain first = early.issue(SOUND.withDefect(Defect.EXPIRED));
        RunAuthority late = authority(shared, 1);
        now = BEGAN.plusSeconds(600);
        assertThat(late.issue(SOUND.withDefect(Defect.EXPIRED)).leaf().getNotAfter())
                .isAfter(first.leaf().getNotAfter());
    }
}
