package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.flash.nvs.NvsValue;
import java.util.Base64;

/** How firmware wants a certificate written. */
public enum CertificateForm {
    /** Base64 in lines between {@code BEGIN} and {@code END}, as {@code esp_tls_cfg_t.cacert_buf} and MQTT take it. */
    PEM,
    /** The bytes themselves; in NVS a blob. */
    DER,
    /** The bytes in base64 without anything around them, in one line. */
    BASE64;

    private static final int PEM_LINE_LENGTH = 64;

    /** A file's contents. */
    Bytes file(byte[] der) {
        return switch (this) {
            case DER -> Bytes.of(der);
            case BASE64 -> Bytes.utf8(Base64.getEncoder().encodeToString(der));
            case PEM ->
                Bytes.utf8("-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(PEM_LINE_LENGTH, new byte[] {'\n'})
                                .encodeToString(der)
                        + "\n-----END CERTIFICATE-----\n");
        };
    }

    /** A setting's value. */
    NvsValue value(byte[] der) {
        return this == DER ? NvsValue.blob(der) : new NvsValue.Text(file(der));
    }
}
