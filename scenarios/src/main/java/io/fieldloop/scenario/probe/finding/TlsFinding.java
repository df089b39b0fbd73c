package io.fieldloop.scenario.probe.finding;

import io.fieldloop.device.record.RecordCopy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the server's TLS takes.
 *
 * @param versions newest first
 * @param names by what stands in SNI
 * @param chosenProtocol what it picks when offered {@code h2} and {@code http/1.1} by ALPN, which devices do not offer; null for neither
 * @param certificateRequested whether it asks clients for a certificate
 * @param splitsMessages whether it cuts handshake messages into several records
 * @param lines what came of the ClientHello of each release line of ESP-IDF
 * @param tickets of each version in which there is a session, newest first
 * @param remarks one sentence for each thing that some device stumbles over
 * @param desktop what a desktop's client makes of it
 */
public record TlsFinding(
        List<Version> versions,
        @Nullable ChainFinding chain,
        List<ServerName> names,
        @Nullable String chosenProtocol,
        boolean certificateRequested,
        boolean splitsMessages,
        List<Line> lines,
        List<TicketFinding> tickets,
        List<String> remarks,
        Desktop desktop) {
    /**
     * One version, tried alone.
     *
     * @param suites accepted ones, in the order the server prefers them when it is offered all
     * @param answered false for silence, which is no refusal: the server may be busy with another connection
     * @param refusal why not, in half a sentence; null where it is accepted
     */
    public record Version(
            String name,
            boolean accepted,
            boolean answered,
            List<String> suites,
            @Nullable String refusal,
            Duration elapsed) {
        private Version withSessions(List<ProfileVerdict> devices) {
            List<String> all = Stream.concat(
                            suites.stream(),
                            devices.stream()
                                    .map(device -> Objects.requireNonNullElse(device.tls(), ""))
                                    .filter(session -> session.startsWith(name + " "))
                                    .map(session -> session.substring(name.length() + 1)))
                    .distinct()
                    .toList();
            return new Version(
                    name, !all.isEmpty(), answered || !all.isEmpty(), all, all.isEmpty() ? refusal : null, elapsed);
        }
    }

    /**
     * What came of one ClientHello.
     *
     * @param answered false for silence, as with a version
     * @param refusal null where the server showed its certificate
     */
    public record Line(
            String name, boolean answered, @Nullable String refusal) {}

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

    /** What a device was given is there, whatever the handshakes before have missed. */
    public TlsFinding withSessions(List<ProfileVerdict> devices) {
        return RecordCopy.with(
                this,
                "versions",
                versions.stream().map(version -> version.withSessions(devices)).toList());
    }

    public List<String> acceptedVersions() {
        return versions.stream().filter(Version::accepted).map(Version::name).toList();
    }
}
