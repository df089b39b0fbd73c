package io.fieldloop.device.modem.ppp;

import static io.fieldloop.device.modem.ppp.ControlPacket.CONFIGURE_ACK;
import static io.fieldloop.device.modem.ppp.ControlPacket.CONFIGURE_NAK;
import static io.fieldloop.device.modem.ppp.ControlPacket.CONFIGURE_REJECT;
import static io.fieldloop.device.modem.ppp.ControlPacket.CONFIGURE_REQUEST;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two ends that tell each other what they want until both agree (RFC 1661, section 4).
 *
 * <p>A request is repeated every three seconds, ten times at most.
 */
final class Negotiation {

    /** What one end wants, and what it thinks of the other's wishes. */
    interface Terms {
        List<PppOption> wanted();

        /** The option itself where it is agreed to, another value where that would be, null where it is refused as such. */
        @Nullable
        PppOption judge(PppOption offered);

        /** One of our own options was refused, or another value wanted for it. */
        void refused(PppOption option);

        /** Both ends agree. */
        void opened(List<PppOption> theirs);

        /** They agree no longer, or never did. */
        void closed();
    }

    private static final Duration AGAIN = Duration.ofSeconds(3);
    private static final int TRIES = 10;

    private final Terms terms;
    private final Consumer<ControlPacket> out;
    private final PppTimer timer;
    private int id;
    private int tries;
    private boolean running;
    private boolean oursAgreed;
    private @Nullable List<PppOption> theirs;

    Negotiation(Terms terms, Consumer<ControlPacket> out, PppTimer timer) {
        this.terms = terms;
        this.out = out;
        this.timer = timer;
    }

    boolean isOpen() {
        return running && oursAgreed && theirs != null;
    }

    void begin() {
        running = true;
        theirs = null;
        tries = TRIES;
        request();
    }

    void stop() {
        running = false;
        oursAgreed = false;
        theirs = null;
    }

    private void request() {
        oursAgreed = false;
        if (tries-- == 0) {
            stop();
            terms.closed();
            return;
        }
        int asked = ++id;
        out.accept(new ControlPacket(CONFIGURE_REQUEST, asked, PppOption.encode(terms.wanted())));
        timer.after(AGAIN, () -> {
            if (running && asked == id && !isOpen()) {
                request();
            }
        });
    }

    /** A configure packet came. */
    void received(ControlPacket packet) {
        List<PppOption> options = PppOption.parse(packet.data());
        if (!running || options == null) {
            return;
        }
        if (packet.code() == CONFIGURE_REQUEST) {
            requested(packet, options);
        } else if (packet.id() == (id & 0xff)) {
            if (packet.code() == CONFIGURE_ACK) {
                oursAgreed = true;
                look();
            } else {
                options.forEach(terms::refused);
                if (running) {
                    request();
                }
            }
        }
    }

    private void requested(ControlPacket packet, List<PppOption> options) {
        if (isOpen()) {
            theirs = null;
            terms.closed();
            tries = TRIES;
            request();
        }
        List<PppOption> refused = new ArrayList<>();
        List<PppOption> others = new ArrayList<>();
        for (PppOption option : options) {
            PppOption judged = terms.judge(option);
            if (judged == null) {
                refused.add(option);
            } else if (!judged.equals(option)) {
                others.add(judged);
            }
        }
        if (!refused.isEmpty()) {
            out.accept(new ControlPacket(CONFIGURE_REJECT, packet.id(), PppOption.encode(refused)));
        } else if (!others.isEmpty()) {
            out.accept(new ControlPacket(CONFIGURE_NAK, packet.id(), PppOption.encode(others)));
        } else {
            out.accept(new ControlPacket(CONFIGURE_ACK, packet.id(), packet.data()));
            theirs = options;
            look();
        }
    }

    private void look() {
        List<PppOption> agreed = theirs;
        if (oursAgreed && agreed != null) {
            terms.opened(agreed);
        }
    }
}
