package io.fieldloop.device.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Says whether a certificate is for a host, as {@code x509_crt_verify_name} of mbedTLS 3 does.
 *
 * <p>A subjectAltName extension, once present, is all that counts; only without one is the common name read. A wildcard stands for exactly
 * one leftmost label, and comparison ignores ASCII case. IP addresses match an iPAddress entry (since 3.5) or, as text, a dNSName.
 */
public final class ServerNameMatcher {

    private ServerNameMatcher() {}

    /** As mbedTLS since 3.5 matches. */
    public static boolean matches(X509CertificateHolder certificate, String host) {
        return matches(certificate, host, true);
    }

    static boolean matches(X509CertificateHolder certificate, String host, boolean addresses) {
        Extension names = certificate.getExtension(Extension.subjectAlternativeName);
        return names != null
                ? anyAlternativeName(GeneralNames.getInstance(names.getParsedValue()), host, addresses)
                : anyCommonName(certificate, host);
    }

    private static boolean anyAlternativeName(GeneralNames names, String host, boolean addresses) {
        for (GeneralName name : names.getNames()) {
            boolean matches = switch (name.getTagNo()) {
                case GeneralName.dNSName -> matchesPattern(((ASN1String) name.getName()).getString(), host);
                case GeneralName.iPAddress ->
                    addresses && matchesAddress(((ASN1OctetString) name.getName()).getOctets(), host);
                default -> false;
            };
            if (matches) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyCommonName(X509CertificateHolder certificate, String host) {
        for (RDN rdn : certificate.getSubject().getRDNs(BCStyle.CN)) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                if (attribute.getType().equals(BCStyle.CN)
                        && attribute.getValue() instanceof ASN1String text
                        && matchesPattern(text.getString(), host)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matchesPattern(String pattern, String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        String offered = pattern.toLowerCase(Locale.ROOT);
        int dot = wanted.indexOf('.');
        return wanted.equals(offered)
                || (offered.startsWith("*.") && dot > 0 && wanted.substring(dot).equals(offered.substring(1)));
    }

    private static boolean matchesAddress(byte[] address, String host) {
        byte[] literal = host.getBytes(StandardCharsets.US_ASCII);
        if (!looksLikeAddress(literal)) {
            return false;
        }
        try {
            return Arrays.equals(InetAddress.getByName(host).getAddress(), address);
        } catch (IOException e) {
            return false;
        }
    }

    /** Only literals reach the parser of addresses, which would otherwise ask the resolver. */
    private static boolean looksLikeAddress(byte[] host) {
        boolean colon = false;
        for (byte character : host) {
            colon |= character == ':';
            if (character != '.' && character != ':' && Character.digit(character, 16) < 0) {
                return false;
            }
        }
        return colon || (host.length > 0 && Character.isDigit(host[host.length - 1]));
    }
}
