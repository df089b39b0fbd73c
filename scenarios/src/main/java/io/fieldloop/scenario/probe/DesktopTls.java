package io.fieldloop.scenario.probe;

import io.fieldloop.scenario.probe.finding.TlsFinding;
import io.fieldloop.scenario.probe.wire.Connector;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;

/**
 * The control: this Java's own TLS client, which offers and checks what a desktop does.
 *
 * <p>Field reports begin with "all desktop tools work"; where this connects and devices do not, that is the headline.
 */
final class DesktopTls {
    private DesktopTls() {}

    static TlsFinding.Desktop shake(Connector connector, TrustRoots roots) {
        try {
            SSLSession session = connector.desktop(context(roots));
            return new TlsFinding.Desktop(true, session.getProtocol() + " " + session.getCipherSuite());
        } catch (IOException e) {
            return new TlsFinding.Desktop(false, innermost(e));
        }
    }

    private static SSLContext context(TrustRoots roots) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate root : roots.certificates()) {
                store.setCertificateEntry("root-" + store.size(), root);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key store in memory could not be made", e);
        }
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        for (Throwable next = cause.getCause(); next != null && next != cause; next = cause.getCause()) {
            cause = next;
        }
        return String.valueOf(cause.getMessage());
    }
}
