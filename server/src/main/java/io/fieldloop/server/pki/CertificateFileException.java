package io.fieldloop.server.pki;

import java.io.Serial;

/** A certificate or key file that cannot be used; the message is one sentence for the person who named the file. */
public final class CertificateFileException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    CertificateFileException(String sentence) {
        super(sentence);
    }
}
