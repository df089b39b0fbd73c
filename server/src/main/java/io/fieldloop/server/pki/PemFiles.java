package io.fieldloop.server.pki;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/** Certificates and keys as PEM text; every complaint is one sentence that names the file. */
final class PemFiles {
    /** More than any chain has; a device file such as /dev/zero ends there. */
    private static final int BYTES_MAX = 16 << 20;

    private PemFiles() {}

    static CertificateChain readChain(Path certificatePem, Path keyPem) {
        List<X509Certificate> chain = certificates(certificatePem);
        PrivateKey key = privateKey(keyPem);
        if (!Jca.belongTogether(key, chain.get(0).getPublicKey())) {
            throw new CertificateFileException(
                    "The private key in " + keyPem + " does not belong to the first certificate in "
                            + certificatePem + " (" + chain.get(0).getSubjectX500Principal()
                            + "); pass the pair, and the leaf certificate first.");
        }
        return new CertificateChain(key, chain);
    }

    static List<X509Certificate> certificates(Path file) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Object found : objects(file)) {
            if (found instanceof X509CertificateHolder holder) {
                chain.add(certificate(file, holder));
            }
        }
        if (chain.isEmpty()) {
            throw new CertificateFileException("The file " + file
                    + " holds no certificate; a PEM file with \"-----BEGIN CERTIFICATE-----\" was expected.");
        }
        return chain;
    }

    private static X509Certificate certificate(Path file, X509CertificateHolder holder) {
        try {
            return Jca.certificate(holder);
        } catch (CertificateException e) {
            throw damaged(file, e);
        }
    }

    static PrivateKey privateKey(Path file) {
        for (Object found : objects(file)) {
            if (found instanceof PEMEncryptedKeyPair || found instanceof PKCS8EncryptedPrivateKeyInfo) {
                throw new CertificateFileException("The private key in " + file
                        + " is encrypted; decrypt it first, for example with \"openssl pkey -in " + file.getFileName()
                        + " -out plain.pem\".");
            }
            PrivateKeyInfo info = privateKeyInfo(found);
            if (info != null) {
                return privateKey(file, info);
            }
        }
        throw new CertificateFileException(
                "The file " + file
                        + " holds no private key; a PEM file with \"-----BEGIN PRIVATE KEY-----\" (PKCS#8, PKCS#1 or SEC1) was expected.");
    }

    private static @Nullable PrivateKeyInfo privateKeyInfo(Object pemObject) {
        if (pemObject instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        return pemObject instanceof PrivateKeyInfo info ? info : null;
    }

    private static PrivateKey privateKey(Path file, PrivateKeyInfo info) {
        try {
            return Jca.privateKey(info);
        } catch (UncheckedIOException e) {
            throw damaged(file, e);
        }
    }

    private static List<Object> objects(Path file) {
        String text = text(file);
        List<Object> found = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                found.add(next);
            }
        } catch (IOException | RuntimeException e) {
            // The parser lets IllegalArgumentException and friends of its ASN.1 layer through on damaged content.
            throw damaged(file, e);
        }
        if (found.isEmpty()) {
            throw new CertificateFileException(
                    "The file " + file
                            + " is not PEM: it has no \"-----BEGIN ...-----\" line; convert a DER or PKCS#12 file with openssl first.");
        }
        return found;
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            // Latin-1 reads any byte, so that a DER file ends in the sentence about PEM and not in one about
            // characters.
            return new String(in.readNBytes(BYTES_MAX), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            String why = Files.exists(file)
                    ? (Files.isDirectory(file) ? "it is a directory" : "it cannot be opened for reading")
                    : "there is no such file";
            throw new CertificateFileException("The file " + file.toAbsolutePath() + " is unreadable: " + why + ".");
        }
    }

    private static CertificateFileException damaged(Path file, Exception cause) {
        String detail = String.valueOf(cause.getMessage())
                .lines()
                .findFirst()
                .orElse("no detail")
                .replaceAll("(?:\\w+\\.)+\\w*Exception: ", "");
        return new CertificateFileException(
                "The file " + file + " looks like PEM but its content is damaged (" + detail + "); export it again.");
    }

    static String pem(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate that was built cannot be encoded", e);
            }
        }
        return text.toString();
    }

    static String pem(PrivateKey key) {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String type, byte[] content) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
