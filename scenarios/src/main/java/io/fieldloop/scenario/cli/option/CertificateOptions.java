package io.fieldloop.scenario.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code fieldloop serve} proves its name with, and whom it asks for a certificate. */
public final class CertificateOptions {
    @Option(names = "--certificate", paramLabel = "PEM", description = "Certificate chain for --wss, leaf first.")
    @Nullable
    public Path certificate;

    @Option(names = "--key", paramLabel = "PEM", description = "Its private key; without both, a chain is minted.")
    @Nullable
    public Path key;

    @Option(
            names = "--client-ca",
            paramLabel = "PEM",
            description = "Serves only devices over TLS with a certificate of one of these authorities.")
    @Nullable
    public Path clientCa;

    @Option(names = "--name", paramLabel = "HOST", description = "A name for the minted certificate; may be repeated.")
    public List<String> names = new ArrayList<>();

    @Option(
            names = "--root-out",
            paramLabel = "FILE",
            description = "Where the minted root certificate goes (default: a temporary file).")
    @Nullable
    public Path rootOut;

    /** For a gateway without TLS; a pair that nothing serves would be a mistake that nobody sees. */
    public void requireNone() {
        if (certificate != null || key != null || rootOut != null || clientCa != null) {
            throw new CliException(
                    "--certificate, --key, --client-ca and --root-out are for TLS; give a port with --wss or --mqtts, too.");
        }
    }
}
