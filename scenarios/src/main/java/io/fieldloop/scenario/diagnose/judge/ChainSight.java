package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.device.tls.ServerNameMatcher;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.server.pki.Defect;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/** What is wrong with a captured chain at the time of its packets; each finding is half a sentence, or empty. */
public final class ChainSight {
    private static final int RSA_BITS_MIN = 2048;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";
    private static final String FOR_ANYTHING = "2.5.29.37.0";

    private final List<X509Certificate> chain;
    private final @Nullable String name;
    private final Instant now;

    public ChainSight(List<X509Certificate> chain, @Nullable String name, Moment at) {
        this.chain = chain;
        this.name = name;
        now = Instant.ofEpochSecond(0, at.nanos());
    }

    public int bytes() {
        int bytes = 0;
        try {
            for (X509Certificate one : chain) {
                bytes += one.getEncoded().length;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was parsed cannot be encoded", e);
        }
        return bytes;
    }

    /** What there is to say where the chain does not show the defect. */
    String unseen() {
        return chain.isEmpty()
                ? "the chain could not be read: TLS 1.3 encrypts it, and without a key log (--keylog) it stays unseen"
                : "the chain in the capture shows no reason for it at the time of its packets: look at the device's clock and roots";
    }

    /** Whether the certificate is seen to be for the name that the client asked for; mbedTLS before 3.0 finds no address in one. */
    boolean hasName() {
        return !chain.isEmpty() && name != null && !NetUtil.isValidIpV4Address(name) && name().isEmpty();
    }

    String name() {
        if (chain.isEmpty() || name == null) {
            return "";
        }
        try {
            boolean matches = ServerNameMatcher.matches(
                    new X509CertificateHolder(chain.get(0).getEncoded()), name);
            return matches ? "" : "the client asked for " + name + ", and the certificate is for " + names();
        } catch (IOException | GeneralSecurityException e) {
            return "";
        }
    }

    private String names() throws CertificateParsingException {
        X509Certificate leaf = chain.get(0);
        return leaf.getSubjectAlternativeNames() == null
                ? subject(leaf)
                : String.join(
                        ", ",
                        leaf.getSubjectAlternativeNames().stream()
                                .map(one -> String.valueOf(one.get(1)))
                                .toList());
    }

    /** How a certificate that is for another name comes to be for it, where its names alone do not tell. */
    public Defect nameDefect() {
        try {
            X509Certificate leaf = chain.get(0);
            if (leaf.getSubjectAlternativeNames() == null) {
                return Defect.COMMON_NAME_ONLY;
            }
            boolean inSubject = name != null && subject(leaf).equalsIgnoreCase("CN=" + name);
            return inSubject ? Defect.NAME_ONLY_IN_SUBJECT : name().isEmpty() ? Defect.WRONG_NAME : Defect.NONE;
        } catch (CertificateParsingException unreadable) {
            return Defect.WRONG_NAME;
        }
    }

    /** What the server's own certificate may not be used for, or is too weak for. */
    public Defect useDefect() {
        String use = use();
        String own = subject(chain.get(0));
        if (use.contains("extended key usage")) {
            return Defect.WRONG_PURPOSE;
        } else if (use.contains("key usage")) {
            return Defect.KEY_ENCIPHERMENT_ONLY;
        } else if (use.equals(own + " is signed with SHA-1")) {
            return Defect.SHA1_SIGNATURE;
        }
        return use.startsWith(own + " has an RSA key") ? Defect.RSA_1024 : Defect.NONE;
    }

    public String expiry() {
        return first(one -> now.isAfter(one.getNotAfter().toInstant()))
                .map(one -> subject(one) + " expired on " + one.getNotAfter().toInstant() + ", the packet is of " + now)
                .orElse("");
    }

    public String start() {
        return first(one -> now.isBefore(one.getNotBefore().toInstant()))
                .map(one -> subject(one) + " is valid only from "
                        + one.getNotBefore().toInstant() + ", the packet is of " + now)
                .orElse("");
    }

    String trust() {
        if (chain.isEmpty()) {
            return "";
        }
        X509Certificate top = chain.get(chain.size() - 1);
        boolean self = top.getSubjectX500Principal().equals(top.getIssuerX500Principal());
        return self
                ? "the chain ends with " + subject(top) + ", which signed itself: the device does not know that root"
                : "the chain has " + chain.size() + (chain.size() == 1 ? " certificate" : " certificates")
                        + " and ends with " + subject(top) + ", signed by "
                        + top.getIssuerX500Principal().getName()
                        + ": an intermediate is missing, or the device does not have that root";
    }

    public String use() {
        if (chain.isEmpty()) {
            return "";
        }
        X509Certificate leaf = chain.get(0);
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            return "the certificate's key usage does not allow signatures";
        }
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            boolean forServers = purposes == null || purposes.contains(FOR_SERVERS) || purposes.contains(FOR_ANYTHING);
            return forServers ? weakness() : "the certificate's extended key usage does not allow servers";
        } catch (CertificateParsingException e) {
            return "the certificate's extended key usage cannot be read";
        }
    }

    public String weakness() {
        return first(one -> one.getSigAlgName().toUpperCase(Locale.ROOT).startsWith("SHA1"))
                .map(one -> subject(one) + " is signed with SHA-1")
                .or(() -> first(one -> one.getPublicKey() instanceof RSAPublicKey rsa
                                && rsa.getModulus().bitLength() < RSA_BITS_MIN)
                        .map(one -> subject(one) + " has an RSA key of fewer than " + RSA_BITS_MIN + " bits"))
                .orElse("");
    }

    private Optional<X509Certificate> first(Predicate<X509Certificate> which) {
        return chain.stream().filter(which).findFirst();
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
