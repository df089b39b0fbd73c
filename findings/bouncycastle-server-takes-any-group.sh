#!/bin/sh
# Bouncy Castle 1.84 (bctls-jdk18on), TLS 1.2, both ends. A JDK of 17 or newer, Maven.
#
# Guess: a TlsServer whose getSupportedGroups() is secp384r1 alone refuses a client that lists only secp256r1 (handshake_failure), and one
#        with P-256 and P-384 passes over the P-521 that its client lists first (RFC 8422, 5.1).
# Seen:  both handshakes are done, on secp256r1 and on secp521r1: in TLS 1.2 the server looks at the client's list alone.
# Means: a test server set to one curve, to see how a device without it fails, lets that device in; what the test shows is not about curves.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencies><dependency><groupId>org.bouncycastle</groupId><artifactId>bctls-jdk18on</artifactId>
<version>1.84</version></dependency></dependencies></project>
XML
cat >Groups.java <<'JAVA'
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Vector;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

public class Groups {
    private static final TlsCrypto CRYPTO = new BcTlsCrypto(new SecureRandom());
    private static final int[] SUITES = {CipherSuite.TLS_ECDH_anon_WITH_AES_128_CBC_SHA}; // no certificate is needed for it

    public static void main(String[] args) throws Exception {
        int p256 = NamedGroup.secp256r1, p384 = NamedGroup.secp384r1, p521 = NamedGroup.secp521r1;
        String other = handshake(new int[] {p384}, List.of(p256));
        String first = handshake(new int[] {p256, p384}, List.of(p521, p256));
        System.out.println("server with P-384, client with P-256: " + other);
        System.out.println("server with P-256 and P-384, client with P-521 and P-256: " + first);
        System.exit(other.equals("done on secp256r1(23)") && first.equals("done on secp521r1(25)") ? 0 : 1);
    }

    private static String handshake(int[] ofServer, List<Integer> ofClient) throws Exception {
        PipedInputStream toServer = new PipedInputStream(1 << 16);
        PipedInputStream toClient = new PipedInputStream(1 << 16);
        CompletableFuture<Integer> chosen = new CompletableFuture<>();
        Thread server = new Thread(() -> {
            try {
                new TlsServerProtocol(toServer, new PipedOutputStream(toClient)).accept(server(ofServer, chosen));
            } catch (IOException refused) {
                chosen.completeExceptionally(refused);
            }
        });
        PipedOutputStream fromClient = new PipedOutputStream(toServer);
        server.setDaemon(true);
        server.start();
        Thread.sleep(200); // the server connects its pipe
        try {
            new TlsClientProtocol(toClient, fromClient).connect(client(ofClient));
            return "done on " + NamedGroup.getText(chosen.get());
        } catch (IOException refused) {
            return refused.getMessage();
        }
    }

    private static AbstractTlsServer server(int[] groups, CompletableFuture<Integer> chosen) {
        return new AbstractTlsServer(CRYPTO) {
            @Override public ProtocolVersion[] getProtocolVersions() { return ProtocolVersion.TLSv12.only(); }
            @Override protected int[] getSupportedCipherSuites() { return SUITES; }
            @Override public int[] getSupportedGroups() { return groups; }
            @Override public TlsCredentials getCredentials() { return null; }
            @Override public TlsECConfig getECDHConfig() throws IOException {
                TlsECConfig config = super.getECDHConfig();
                chosen.complete(config.getNamedGroup());
                return config;
            }
        };
    }

    private static AbstractTlsClient client(List<Integer> groups) {
        return new AbstractTlsClient(CRYPTO) {
            @Override public ProtocolVersion[] getProtocolVersions() { return ProtocolVersion.TLSv12.only(); }
            @Override protected int[] getSupportedCipherSuites() { return SUITES; }
            @Override protected Vector<Integer> getSupportedGroups(Vector roles) { return new Vector<>(groups); }
            @Override public TlsAuthentication getAuthentication() { return null; }
        };
    }
}
JAVA
mvn -q dependency:copy-dependencies -DoutputDirectory=lib
timeout 55 java -XX:TieredStopAtLevel=1 -cp "lib/*" Groups.java && echo "as described" || { echo "another behaviour than described"; exit 1; }
