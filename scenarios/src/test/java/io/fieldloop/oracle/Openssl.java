package io.fieldloop.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.tls.TlsVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The openssl command line, as a TLS client that says what it thinks of a server, and as a server. */
final class Openssl {
    /** The name every client here asks for. */
    static final String HOST = "gateway.test";

    private static final Map<TlsVersion, String> VERSION_OPTIONS = Map.of(
            TlsVersion.TLSv1, "-tls1",
            TlsVersion.TLSv1_1, "-tls1_1",
            TlsVersion.TLSv1_2, "-tls1_2",
            TlsVersion.TLSv1_3, "-tls1_3");

    /** Debian's own level, which other systems do not share. */
    private static final List<String> STRICT = List.of("-cipher", "DEFAULT@SECLEVEL=2");

    /** The level at which TLS 1.0, SHA-1 and short keys still work. */
    private static final List<String> LAX = List.of("-cipher", "DEFAULT@SECLEVEL=0");

    private final Path directory;

    /** Its files go into this directory. */
    Openssl(Path directory) {
        this.directory = directory;
    }

    static void assumeInstalled() {
        assumeTrue(
                OutsideProgram.works(List.of("openssl", "version"), Map.of()),
                "openssl is not on this machine (apt-get install openssl)");
    }

    /**
     * What a client of openssl saw.
     *
     * @param version as {@code TLSv1.2}, or null without a session
     * @param verifyCode its verdict on the chain, by the number that {@code man openssl-verification-options}
     *     lists; 0 is good; null when it saw none
     */
    record Seen(@Nullable String version, @Nullable Integer verifyCode, String printed) {
        // Beside "New," stands the version its cipher suite is from, which for TLS 1.1 is 1.0; below "SSL-Session" the
        // session's own, where it is printed.
        private static final Pattern VERSION =
                Pattern.compile("(?ms)^New, (TLSv1[^,]*), (?:.*^ +Protocol *: (TLSv1(?:\\.\\d)?)$)?");
        private static final Pattern VERIFY_CODE = Pattern.compile("(?m)^ *Verify return code: (\\d+) ");

        static Seen in(String printed) {
            Matcher version = VERSION.matcher(printed);
            String session = version.find() ? Objects.requireNonNullElse(version.group(2), version.group(1)) : null;
            return new Seen(session, number(VERIFY_CODE, printed), printed);
        }

        private static @Nullable Integer number(Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
        }
    }

    /** Connects in this one version, whatever the algorithms are worth. */
    Seen connect(int port, CertificateAuthority authority, TlsVersion version) {
        List<String> options = new ArrayList<>(LAX);
        options.add(VERSION_OPTIONS.get(version));
        return connect(port, authority, options);
    }

    /** Connects as Debian's programs do, and judges the chain and the name. */
    Seen judge(int port, CertificateAuthority authority) {
        return connect(port, authority, STRICT);
    }

    private Seen connect(int port, CertificateAuthority authority, List<String> options) {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(List.of("-servername", HOST, "-verify_hostname", HOST));
        command.addAll(List.of("-CAfile", write("root.pem", authority.rootPem()).toString()));
        command.addAll(options);
        return Seen.in(OutsideProgram.output(command));
    }

    /** A server that answers every request with a status page; with a null version it speaks what it likes. */
    Server serve(CertificateChain chain, @Nullable TlsVersion version) {
        List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0", "-www"));
        command.addAll(List.of("-key", write("key.pem", chain.keyPem()).toString()));
        String certificates = write("chain.pem", chain.certificatesPem()).toString();
        command.addAll(List.of("-cert", certificates));
        command.addAll(LAX);
        if (chain.chain().size() > 1) {
            String rest = new CertificateChain(
                            chain.key(), chain.chain().subList(1, chain.chain().size()))
                    .certificatesPem();
            command.addAll(List.of("-cert_chain", write("rest.pem", rest).toString()));
        }
        if (version != null) {
            command.add(VERSION_OPTIONS.get(version));
        }
        return new Server(OutsideProgram.start(command));
    }

    /** A running {@code openssl s_server}. */
    static final class Server implements AutoCloseable {
        private final OutsideProgram program;
        private final int port;

        private Server(OutsideProgram program) {
            this.program = program;
            String accepting = program.awaitLine(line -> line.startsWith("ACCEPT "));
            this.port = Integer.parseInt(accepting.substring(accepting.lastIndexOf(':') + 1));
        }

        int port() {
            return port;
        }

        @Override
        public void close() {
            program.close();
        }
    }

    private Path write(String name, String content) {
        try {
            return Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
