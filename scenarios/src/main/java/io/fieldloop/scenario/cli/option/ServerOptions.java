package io.fieldloop.scenario.cli.option;

import io.fieldloop.qemu.bytes.BoundedFile;
import io.fieldloop.scenario.probe.TrustRoots;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command that dials a server of somebody else's needs to be told about it. */
public final class ServerOptions {
    private static final int SECRET_BYTES_MAX = 1 << 16;
    private static final int ROOTS_BYTES_MAX = 16 << 20;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "The roots devices trust, in PEM (default: the public roots of this Java).")
    private @Nullable Path ca;

    @Option(
            names = "--token",
            paramLabel = "TOKEN|@FILE",
            description = "The token devices have in their settings; @FILE keeps it off the process list.")
    private @Nullable String token;

    @Option(
            names = "--address",
            paramLabel = "IP",
            description = "Where to dial, whatever the name resolves to; the name is still sent and checked.")
    private @Nullable String address;

    /** The words that say the same again; a token that stood on the command line stays out of reports. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        add(words, "--ca", ca);
        add(words, "--token", token == null || token.startsWith("@") ? token : "TOKEN");
        add(words, "--address", address);
        return words;
    }

    private static void add(List<String> words, String option, @Nullable Object value) {
        if (value != null) {
            words.add(option);
            words.add(value.toString());
        }
    }

    public TrustRoots roots() {
        return ca == null
                ? TrustRoots.ofThisJava()
                : new TrustRoots("the roots in " + ca.getFileName(), roots(ca, "--ca"));
    }

    /** What a PEM file of root certificates holds, at least one. */
    public static List<X509Certificate> roots(Path file, String option) {
        try {
            InputStream pem = new ByteArrayInputStream(BoundedFile.read(file, ROOTS_BYTES_MAX));
            List<X509Certificate> roots = CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (roots.isEmpty()) {
                throw new CliException("The file " + file + " of " + option + " holds no certificate; expected PEM.");
            }
            return roots;
        } catch (IOException e) {
            throw new CliException(
                    "The file " + file + " of " + option + " cannot be read; give a PEM file with root certificates.");
        } catch (CertificateException e) {
            throw new CliException("The file " + file + " of " + option
                    + " holds no certificate that can be read; export it as PEM again.");
        }
    }

    /** Null for none. */
    @Nullable
    public String token() {
        if (token == null) {
            return null;
        }
        return headerValue("--token", token.startsWith("@") ? secret("--token", token.substring(1)) : token);
    }

    /** The value, if it can stand in a header: with a line end in it, it would be more than one. */
    public static String headerValue(String option, String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new CliException(option + " holds a control character such as a line end, which no header can.");
        }
        return value;
    }

    /** What stands in a file that keeps a secret off the process list. */
    public static String secret(String option, String file) {
        try {
            return new String(BoundedFile.read(Path.of(file), SECRET_BYTES_MAX), StandardCharsets.UTF_8).strip();
        } catch (IOException | InvalidPathException e) {
            throw new CliException("The file " + file + " of " + option
                    + " cannot be read; give one with that and nothing else in it.");
        }
    }

    /** Null where the name decides. */
    @Nullable
    public InetAddress address() {
        if (address == null) {
            return null;
        }
        boolean literal = address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
        try {
            if (literal) {
                return InetAddress.getByName(address);
            }
        } catch (UnknownHostException e) {
            // Told below.
        }
        throw new CliException("--address " + address + " is no address; give one such as 192.168.1.10.");
    }
}
