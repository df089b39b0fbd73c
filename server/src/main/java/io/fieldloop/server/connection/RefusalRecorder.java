package io.fieldloop.server.connection;

import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.RefusalReason;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Enters what became of connections into the gateway's books, and holds it against or in favour of their source. */
final class RefusalRecorder {
    private final RefusalLedger ledger;
    private final @Nullable Admission admission;
    private final AdmissionConfig rules;

    /** @param admission null where nobody is ever banned */
    RefusalRecorder(RefusalLedger ledger, @Nullable Admission admission, AdmissionConfig rules) {
        this.ledger = ledger;
        this.rules = rules;
        this.admission = admission;
    }

    /** Whether it is a front that is trusted to say whom it speaks for. */
    boolean trusts(InetAddress source) {
        return rules.trusts(source);
    }

    /** Counts a connection of the source, and says why it may not be served, if so; pair with {@link #release}. */
    Optional<RefusalReason> admit(InetAddress source) {
        return admission == null ? Optional.empty() : admission.admit(source);
    }

    void release(InetAddress source) {
        if (admission != null) {
            admission.release(source);
        }
    }

    void refused(
            Connection connection,
            RefusalReason reason,
            @Nullable String detail,
            @Nullable Integer status,
            @Nullable Integer alert) {
        Refusal refusal = new Refusal(
                reason,
                status,
                alert,
                connection.source(),
                connection.listener(),
                connection.elapsed(),
                connection.firstBytes(),
                detail == null ? null : SafeText.of(detail),
                connection.now());
        ledger.enter(connection.id(), refusal);
        if (admission != null) {
            admission.refused(connection.source(), reason);
        }
    }

    void greeted(InetAddress source) {
        if (admission != null) {
            admission.greeted(source);
        }
    }

    Duration banLeft(InetAddress source) {
        return admission == null ? Duration.ZERO : admission.banLeft(source);
    }
}
