package io.fieldloop.server.connection;

import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.RefusalReason;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Enters what became of connections into the gateway's books, and holds it against or in favour of their source. */
final class RefusalRecorder {
    private final RefusalLedger ledger;
    private final @Nullable Admission admission;

    /** @param admission null where nobody is ever banned */
    RefusalRecorder(RefusalLedger ledger, @Nullable Admission admission) {
        this.ledger = ledger;
        this.admission = admission;
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
