package io.fieldloop.server.pki;

import java.security.cert.X509Certificate;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;

/** A certificate that may sign others, with its key. */
record Issuer(AsymmetricCipherKeyPair pair, X509CertificateHolder holder, X509Certificate certificate) {}
