package io.fieldloop.scenario.probe;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.profile.DeviceProfile;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Joins what a device noticed with what was found out about the server: the device's own words seldom name the cause. */
final class VerdictReason {
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
                defect(text -> text.contains("is neither sent") || text.contains("is not among"));
            case PROTOCOL_VERSION, HANDSHAKE_FAILURE, PEER_ALERT, TLS_EOF -> offer(profile);
            case TLS_NOT_TLS -> Optional.of("the port does not speak TLS");
            case ACCEPT_MISSING -> accept();
            case UPGRADE_REFUSED -> answer();
            case HELLO_TIMEOUT, CLOSED_BY_SERVER -> session();
            default -> Optional.empty();
        };
        return cause.orElse(failed.reason().explanation());
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
        if (accepted.isEmpty()) {
            return Optional.empty();
        }
        return offered.stream().noneMatch(accepted::contains)
                ? Optional.of("the server takes only " + String.join(" and ", accepted) + ", and this device offers "
                        + String.join(" and ", offered))
                : Optional.of("the server takes none of the suites, groups or extensions this device offers with "
                        + String.join(" and ", offered));
    }

    private Optional<String> accept() {
        if (!upgrade.switched()) {
            return answer();
        }
        return Optional.ofNullable(upgrade.acceptName())
                .map(name -> "the server writes " + name + ", and this client finds only Sec-WebSocket-Accept");
    }

    private Optional<String> answer() {
        if (upgrade.answer().isEmpty() || upgrade.switched()) {
            return Optional.empty();
        }
        AnswerHead head = new AnswerHead(upgrade.answer());
        return Optional.of("the server answers '" + head.statusLine() + "'"
                + head.value("Location")
                        .map(location -> " and redirects to " + location + ", which xiaozhi does not follow")
                        .orElse(" and not HTTP/1.1 101"));
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
