package io.fieldloop.server.tls;

import io.fieldloop.server.fault.TlsFault;
import io.fieldloop.server.fault.TlsFault.FragmentHandshake;
import io.fieldloop.server.fault.TlsFault.SendTicket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong inside the handshake of one connection, where only the engine itself can do it. */
final class BcFaults {
    private final TlsObserver observer;
    private @Nullable FragmentHandshake cut;
    private @Nullable SendTicket ticket;
    private boolean cutTold;

    BcFaults(List<TlsFault> faults, TlsObserver observer) {
        this.observer = observer;
        for (TlsFault fault : faults) {
            if (fault instanceof FragmentHandshake fragment) {
                cut = fragment;
            } else if (fault instanceof SendTicket send) {
                ticket = send;
            }
        }
    }

    /** How much of this message's rest goes into its next record. */
    int recordBytes(int left) {
        if (cut == null || left <= cut.bytes()) {
            return left;
        }
        if (!cutTold) {
            cutTold = true;
            observer.faultApplied(cut);
        }
        return cut.bytes();
    }

    boolean sendsTicket() {
        return ticket != null;
    }

    /** A ticket that opens nothing, which its receiver cannot know. */
    byte[] takeTicket() {
        if (ticket == null) {
            throw new IllegalStateException("no ticket was asked for");
        }
        observer.faultApplied(ticket);
        return new byte[ticket.bytes()];
    }
}
