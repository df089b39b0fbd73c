package io.fieldloop.scenario.model;

import io.fieldloop.qemu.flash.CertificateForm;
import io.fieldloop.scenario.shape.annotation.ByKey;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Key;
import io.fieldloop.scenario.shape.annotation.NotEmpty;

/** Where firmware reads the certificate of the authority it trusts; told apart by its first key. */
@ByKey
@Key("place")
public sealed interface CaPlace {
    /** How it is written there. */
    CertificateForm form();

    @Doc("A setting in NVS")
    record Setting(
            @Doc("Its `namespace/key`") @NotEmpty String setting,

            @Doc("How the certificate is written") @Default("pem")
            CertificateForm form)
            implements CaPlace {
        public Setting {
            if (!setting.contains("/")) {
                throw new IllegalArgumentException("a setting in NVS is written `namespace/key`");
            }
        }
    }

    @Doc("A file in the FAT partition")
    record File(
            @Doc("Its name") @NotEmpty String file,

            @Doc("How the certificate is written") @Default("pem")
            CertificateForm form)
            implements CaPlace {}
}
