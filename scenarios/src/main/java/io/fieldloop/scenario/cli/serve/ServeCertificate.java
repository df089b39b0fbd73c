package io.fieldloop.scenario.cli.serve;

import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.cli.option.CertificateOptions;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.live.LiveCertificate;
import io.fieldloop.scenario.rig.firmware.ServedFirmware;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateFileException;
import io.fieldloop.server.pki.CertificateRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code serve} proves its name with: the user's pair, or one minted for this run.
 *
 * @param names what a minted certificate is good for, the first being the one to show; empty for a given one
 * @param root the file with the minted root, or null for a given certificate
 * @param rootIsTemporary whether that file goes with this run
 * @param live makes others that are trusted by whoever trusts that root; null for a given certificate
 */
public record ServeCertificate(
        CertificateChain chain,
        List<String> names,
        @Nullable Path root,
        boolean rootIsTemporary,
        @Nullable LiveCertificate live) {
    private static final String HOST_NAME = "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?";
    private static final Duration LIFETIME = Duration.ofDays(90);
    /** A board that has not asked for the time for a while is behind, and would find the certificate not yet valid. */
    private static final Duration SLOW_CLOCK = Duration.ofDays(1);

    static ServeCertificate of(CertificateOptions options, boolean forFirmware, InetAddress host) {
        Path certificate = options.certificate;
        Path key = options.key;
        if (certificate == null && key == null) {
            return minted(options, forFirmware, host);
        }
        if (certificate == null || key == null) {
            throw new CliException("--certificate and --key belong together; give both, or none to have one minted.");
        }
        if (options.rootOut != null) {
            throw new CliException("--root-out is for a minted certificate; leave it out beside --certificate.");
        }
        try {
            return new ServeCertificate(
                    CertificateChain.read(certificate, key), List.copyOf(options.names), null, false, null);
        } catch (CertificateFileException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    @OwnsWallClock("the certificate is for devices of the real world, and its keys must not be guessable")
    private static ServeCertificate minted(CertificateOptions options, boolean forFirmware, InetAddress host) {
        List<String> names = names(options.names, host);
        if (forFirmware) {
            names.add(ServedFirmware.GATEWAY);
        }
        InstantSource clock = InstantSource.system();
        CertificateAuthority authority = new CertificateAuthority(clock, new SecureRandom());
        CertificateChain chain =
                authority.issue(CertificateRequest.of(names, clock.instant().minus(SLOW_CLOCK), LIFETIME));
        return new ServeCertificate(
                chain,
                names,
                write(authority.rootPem(), options.rootOut),
                options.rootOut == null,
                new LiveCertificate(chain, authority, names, clock.instant()));
    }

    /** Takes away what is of no use without this run. */
    void forget() {
        if (root != null && rootIsTemporary) {
            root.toFile().delete();
        }
    }

    private static List<String> names(List<String> given, InetAddress host) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : given) {
            if (!name.matches(HOST_NAME)) {
                throw new CliException(
                        "--name " + name + " is no host name; write it as a device would, without port.");
            }
            names.add(name);
        }
        if (!host.isAnyLocalAddress()) {
            names.add(host.getHostAddress());
        }
        names.addAll(LocalAddresses.reachable(host));
        names.addAll(List.of("localhost", "127.0.0.1"));
        return new ArrayList<>(names);
    }

    private static Path write(String pem, @Nullable Path wanted) {
        try {
            Path file = wanted == null ? Files.createTempFile("fieldloop-root-", ".pem") : wanted;
            Files.writeString(file, pem);
            return file.toAbsolutePath();
        } catch (IOException e) {
            throw new CliException("The root certificate cannot be written to "
                    + (wanted == null ? "a temporary file" : wanted.toAbsolutePath())
                    + "; name a file that can be with --root-out.");
        }
    }
}
