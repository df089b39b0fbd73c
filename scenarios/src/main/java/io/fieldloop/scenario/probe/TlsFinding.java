package io.fieldloop.scenario.probe;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server's TLS takes.
 *
 * @param versions newest first
 * @param names by what stands in SNI
 * @param chosenProtocol what it picks when offered {@code h2} and {@code http/1.1} by ALPN, which devices do not offer; null for neither
 * @param desktop what a desktop's client makes of it
 */
public record TlsFinding(
        List<Version> versions,
        @Nullable ChainFinding chain,
        List<ServerName> names,
        @Nullable String chosenProtocol,
        Desktop desktop) {
    /**
     * One version, tried alone.
     *
     * @param suites accepted ones, in the order the server prefers them when it is offered all
     * @param refusal why not, in half a sentence; null where it is accepted
     */
    public record Version(
            String name,
            boolean accepted,
            List<String> suites,
            @Nullable String refusal,
            Duration elapsed) {}

    /**
     * The control, with every check a desktop makes.
     *
     * @param outcome version and suite, or what it found fault with
     */
    public record Desktop(boolean accepts, String outcome) {}

    /**
     * What a server name, or none, leads to.
     *
     * @param sent the name; null for a ClientHello without SNI
     * @param certificate whom the certificate names; null where there is no session
     */
    public record ServerName(
            String what,
            @Nullable String sent,
            @Nullable String certificate,
            boolean sameCertificate,
            @Nullable String refusal) {}

    List<String> acceptedVersions() {
        return versions.stream().filter(Version::accepted).map(Version::name).toList();
    }
}
