package io.fieldloop.scenario.probe;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.scenario.probe.finding.SessionFinding;
import io.fieldloop.scenario.probe.finding.TlsFinding;
import io.fieldloop.scenario.probe.finding.UpgradeFinding;
import io.fieldloop.scenario.probe.wire.AnswerHead;
import io.fieldloop.scenario.probe.wire.Suites;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Joins what a device noticed with what was found out about the server: the device's own words seldom name the cause. */
final class VerdictReason {
    /** What is about the answer itself, also where it is a redirect. */
    private static final Set<FailureReason> OF_THE_ANSWER = Set.of(
            FailureReason.UPGRADE_REFUSED,
            FailureReason.REDIRECT_LOOP,
            FailureReason.RESPONSE_MALFORMED,
            FailureReason.ACCEPT_MISSING);

    /** Fronts let such a client into TLS, and refuse its request; nginx with 400. */
    private static final String NO_CERTIFICATE = "; it had asked for a client certificate, and this device has none";

    private final @Nullable TlsFinding tls;
    private final UpgradeFinding upgrade;
    private final @Nullable SessionFinding session;

    VerdictReason(@Nullable TlsFinding tls, UpgradeFinding upgrade, @Nullable SessionFinding session) {
        this.tls = tls;
        this.upgrade = upgrade;
        this.session = session;
    }

    /** Half a sentence about the server. */
    String of(ConnectOutcome.Failed failed, DeviceProfile profile) {
        Optional<String> cause = switch (failed.reason()) {
            case CERTIFICATE_EXPIRED -> defect(text -> text.contains(" expired on "));
            case CERTIFICATE_NOT_YET_VALID -> defect(text -> text.contains(" valid only from "));
            case CERTIFICATE_NAME_MISMATCH -> defect(text -> text.startsWith("The certificate is not for"));
            case CERTIFICATE_UNTRUSTED ->
                defect(text -> text.contains("is neither sent")
                        || text.contains("is not among")
                        || text.contains(" key usage "));
            case PROTOCOL_VERSION, HANDSHAKE_FAILURE, PEER_ALERT, TLS_EOF -> offer(profile);
            case TLS_NOT_TLS -> Optional.of("the port does not speak TLS");
            case ACCEPT_MISSING -> accept();
            case UPGRADE_REFUSED, RESPONSE_MALFORMED -> answer();
            case CONNECTION_LOST -> frames();
            case HELLO_TIMEOUT, CLOSED_BY_SERVER -> session();
            default -> Optional.empty();
        };
        String reason = cause.orElse(failed.reason().explanation());
        return OF_THE_ANSWER.contains(failed.reason())
                ? reason
                : location()
                        .map(to -> "the server redirects to " + to + ", this device follows, and there " + reason)
                        .orElse(reason);
    }

    private Optional<String> defect(Predicate<String> which) {
        List<String> defects =
                tls == null || tls.chain() == null ? List.of() : tls.chain().defects();
        return defects.stream().filter(which).findFirst().map(VerdictReason::halfSentence);
    }

    private static String halfSentence(String sentence) {
        String open = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        return open.startsWith("The ") ? "the " + open.substring(4) : open;
    }

    private Optional<String> offer(DeviceProfile profile) {
        List<String> accepted = tls == null ? List.of() : tls.acceptedVersions();
        List<String> offered = profile.tls().hello().versions();
        boolean silent = tls == null
                || tls.versions().stream().anyMatch(version -> !version.answered() && offered.contains(version.name()));
        if (tls == null || accepted.isEmpty() || silent) {
            return Optional.empty();
        }
        if (tls.certificateRequested() && tls.names().get(0).refusal() != null) {
            return Optional.of("the server wants a client certificate, and this device has none");
        }
        List<String> common = offered.stream().filter(accepted::contains).toList();
        return common.isEmpty()
                ? Optional.of("the server takes only " + String.join(" and ", accepted) + ", and this device offers "
                        + String.join(" and ", offered))
                : Optional.of(ofSuites(tls, profile, String.join(" and ", common)));
    }

    private static String ofSuites(TlsFinding tls, DeviceProfile profile, String versions) {
        List<String> suites =
                profile.tls().hello().cipherSuites().stream().map(Suites::name).toList();
        boolean shared = tls.versions().stream()
                .filter(version -> profile.tls().hello().versions().contains(version.name()))
                .anyMatch(version -> version.suites().stream().anyMatch(suites::contains));
        Optional<String> curve = tls.remarks().stream()
                .filter(remark -> remark.contains(" curve"))
                .findFirst();
        if (shared && curve.isPresent() && profile.tls().hello().equals(ClientHelloShape.ESP_IDF_5)) {
            return "the server" + curve.get().substring(2, curve.get().length() - 1);
        }
        return shared
                ? "the server and this device share suites of " + versions
                        + ", but no curve, kind of signature or extension that goes with them"
                : "the server takes none of the suites that this device offers with " + versions;
    }

    private Optional<String> accept() {
        if (!upgrade.switched()) {
            return answer();
        }
        return Optional.ofNullable(upgrade.acceptName())
                .map(name -> "the server writes " + name + ", and this client finds only Sec-WebSocket-Accept");
    }

    /** Where the server sends clients in place of switching protocols. */
    private Optional<String> location() {
        return upgrade.switched() ? Optional.empty() : new AnswerHead(upgrade.answer()).value("Location");
    }

    private Optional<String> answer() {
        if (upgrade.answer().isEmpty() || upgrade.switched()) {
            return Optional.empty();
        }
        AnswerHead head = new AnswerHead(upgrade.answer());
        return Optional.of("the server answers '" + head.statusLine() + "'"
                + location()
                        .map(location -> " and redirects to " + location + ", which xiaozhi does not follow")
                        .orElse(" and not HTTP/1.1 101"
                                + (tls != null && tls.certificateRequested() ? NO_CERTIFICATE : "")));
    }

    /** What only a strict client hangs up for. */
    private Optional<String> frames() {
        return session == null
                ? Optional.empty()
                : session.remarks().stream()
                        .filter(remark -> remark.endsWith(SessionExamination.STRICT))
                        .map(remark -> "the server"
                                + remark.substring(2, remark.length() - SessionExamination.STRICT.length()))
                        .findFirst();
    }

    private Optional<String> session() {
        return session == null
                ? Optional.empty()
                : Optional.ofNullable(session.helloFault())
                        .map(fault -> session.ended() == null
                                ? fault
                                : fault + ", and " + Objects.requireNonNull(session.ended()));
    }
}
