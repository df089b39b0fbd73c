package io.fieldloop.scenario.probe;

import io.fieldloop.scenario.probe.finding.AddressFinding;
import io.fieldloop.scenario.probe.finding.PlainFinding;
import io.fieldloop.scenario.probe.finding.ProfileVerdict;
import io.fieldloop.scenario.probe.finding.RefusalFinding;
import io.fieldloop.scenario.probe.finding.SessionFinding;
import io.fieldloop.scenario.probe.finding.TlsFinding;
import io.fieldloop.scenario.probe.finding.UpgradeFinding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was found out about one server.
 *
 * @param url as devices would be given it
 * @param addresses of the host; the first was dialled
 * @param otherAddresses what the further ones answer
 * @param tls null for a server without TLS
 * @param session null where the server did not switch protocols
 * @param remarks what belongs to no section
 */
public record Examination(
        String url,
        Instant examinedAt,
        List<String> addresses,
        List<AddressFinding> otherAddresses,
        Duration connect,
        @Nullable TlsFinding tls,
        List<PlainFinding> otherProtocol,
        UpgradeFinding upgrade,
        @Nullable SessionFinding session,
        List<RefusalFinding> refusals,
        List<ProfileVerdict> devices,
        List<String> remarks) {
    /** Whether every device that tried came online. */
    public boolean allConnect() {
        return devices.stream().allMatch(ProfileVerdict::connects);
    }
}
