package io.fieldloop.device.tls;

import io.fieldloop.device.event.FailureReason;
import java.util.ArrayList;
import java.util.List;

/**
 * mbedTLS's {@code MBEDTLS_X509_BADCERT_*} bits, and what follows from a combination of them.
 *
 * <p>One alert is sent for all bits. Its precedence is that of {@code ssl_parse_certificate_verify} in mbedTLS 2.28 and
 * 3.x and agrees with the
 * measured table: name 42, usage or key 43, expired 45, untrusted 48, anything else (a start in the future, a weak hash) 46. The reason
 * follows the same order, so reason and alert of one refusal never disagree.
 */
public final class CertificateFlags {

    /** All bits: mbedTLS's own error while it verified, such as a callback that refuses; the first of them asks for access_denied. */
    public static final int FATAL = -1;

    public static final int EXPIRED = 0x01;
    public static final int CN_MISMATCH = 0x04;
    public static final int NOT_TRUSTED = 0x08;
    public static final int FUTURE = 0x0200;
    public static final int KEY_USAGE = 0x0800;
    public static final int EXT_KEY_USAGE = 0x1000;
    public static final int BAD_MD = 0x4000;
    public static final int BAD_PK = 0x8000;
    public static final int BAD_KEY = 0x010000;

    private static final int UNSUPPORTED = KEY_USAGE | EXT_KEY_USAGE | BAD_PK | BAD_KEY;

    /** RFC 5246 7.2.2 numbers. */
    private static final int ALERT_BAD_CERTIFICATE = 42;

    private static final int ALERT_UNSUPPORTED_CERTIFICATE = 43;
    private static final int ALERT_CERTIFICATE_EXPIRED = 45;
    private static final int ALERT_CERTIFICATE_UNKNOWN = 46;
    private static final int ALERT_UNKNOWN_CA = 48;
    private static final int ALERT_ACCESS_DENIED = 49;

    private CertificateFlags() {}

    /** The alert mbedTLS sends for these flags. */
    static int alert(int flags) {
        if (flags == FATAL) {
            return ALERT_ACCESS_DENIED;
        }
        if ((flags & CN_MISMATCH) != 0) {
            return ALERT_BAD_CERTIFICATE;
        }
        if ((flags & UNSUPPORTED) != 0) {
            return ALERT_UNSUPPORTED_CERTIFICATE;
        }
        if ((flags & EXPIRED) != 0) {
            return ALERT_CERTIFICATE_EXPIRED;
        }
        return (flags & NOT_TRUSTED) != 0 ? ALERT_UNKNOWN_CA : ALERT_CERTIFICATE_UNKNOWN;
    }

    /** The reason with the alert's precedence; usage, key and hash refusals have no word of their own and are "untrusted". */
    public static FailureReason reason(int flags) {
        return switch (alert(flags)) {
            case ALERT_BAD_CERTIFICATE -> FailureReason.CERTIFICATE_NAME_MISMATCH;
            case ALERT_CERTIFICATE_EXPIRED -> FailureReason.CERTIFICATE_EXPIRED;
            case ALERT_CERTIFICATE_UNKNOWN ->
                (flags & FUTURE) != 0 ? FailureReason.CERTIFICATE_NOT_YET_VALID : FailureReason.CERTIFICATE_UNTRUSTED;
            default -> FailureReason.CERTIFICATE_UNTRUSTED;
        };
    }

    /** {@code mbedtls_x509_crt_verify_info}: one sentence per flag, in mbedTLS's order. */
    static String describe(int flags) {
        List<String> sentences = new ArrayList<>();
        add(sentences, flags, EXPIRED, "The certificate validity has expired");
        add(sentences, flags, CN_MISMATCH, "The certificate Common Name (CN) does not match with the expected CN");
        add(sentences, flags, NOT_TRUSTED, "The certificate is not correctly signed by the trusted CA");
        add(sentences, flags, FUTURE, "The certificate validity starts in the future");
        add(sentences, flags, KEY_USAGE, "Usage does not match the keyUsage extension");
        add(sentences, flags, EXT_KEY_USAGE, "Usage does not match the extendedKeyUsage extension");
        add(sentences, flags, BAD_MD, "The certificate is signed with an unacceptable hash.");
        add(sentences, flags, BAD_PK, "The certificate is signed with an unacceptable PK alg (eg RSA vs ECDSA).");
        add(
                sentences,
                flags,
                BAD_KEY,
                "The certificate is signed with an unacceptable key (eg bad curve, RSA too short).");
        return String.join("; ", sentences);
    }

    private static void add(List<String> sentences, int flags, int flag, String sentence) {
        if ((flags & flag) != 0) {
            sentences.add(sentence);
        }
    }
}
