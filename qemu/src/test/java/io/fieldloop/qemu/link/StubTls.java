package io.fieldloop.qemu.link;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate of its own for {@code gateway.test} and {@code 10.0.2.2}, and a TLS server that shows it. */
record StubTls(ServerSocketFactory sockets, String root) {
    private static final String PASSWORD = "changeit";

    /** Mints one with the JDK's keytool. */
    static StubTls in(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve("gateway.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "gateway",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=gateway.test",
                        "-ext",
                        "san=dns:gateway.test,dns:10.0.2.2",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool could not mint a certificate");
        }
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLSv1.2");
        context.init(keys.getKeyManagers(), null, null);
        byte[] certificate = store.getCertificate("gateway").getEncoded();
        return new StubTls(context.getServerSocketFactory(), Base64.getEncoder().encodeToString(certificate));
    }
}
