package io.fieldloop.qemu.flash;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Map;

/**
 * Where firmware reads the certificate of the authority it trusts.
 *
 * <p>ESP-IDF's certificate bundle is none of these: it is part of the app, which is never changed. Firmware that trusts
 * nothing but its bundle refuses every gateway of the harness, as it would in the field.
 */
public sealed interface CertificatePlace {
    /** A value in NVS, by {@code namespace/key}. */
    record Setting(String path, CertificateForm form) implements CertificatePlace {
        @Override
        public FlashImage put(FlashImage image, X509Certificate authority) {
            return image.withNvs(Map.of(path, form.value(der(authority))));
        }
    }

    /** A file in a FAT data partition, by the partition's label or offset. */
    record InFile(String partition, String path, CertificateForm form) implements CertificatePlace {
        @Override
        public FlashImage put(FlashImage image, X509Certificate authority) {
            return image.withFiles(
                    partition, Map.of(path, form.file(der(authority)).toArray()));
        }
    }

    /** Where the reference firmware reads it. */
    static CertificatePlace ofReferenceFirmware() {
        return new Setting("fieldloop/ca", CertificateForm.BASE64);
    }

    /**
     * A copy of an image with the certificate there.
     *
     * @throws FlashImageException if the image has no such place
     */
    FlashImage put(FlashImage image, X509Certificate authority);

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate that was read or made can be written", impossible);
        }
    }
}
