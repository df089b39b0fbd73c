package io.fieldloop.device.modem;

import io.fieldloop.device.modem.ppp.PppPeer;
import io.fieldloop.device.modem.ppp.PppSettings;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A line that carries PPP: until an end is done with it, its carrier is lost, or three plus signs stand alone, which leave the session be. */
final class DataMode {

    private static final String ESCAPE = "+++";

    private final PacketNetwork network;
    private final BiConsumer<Duration, Runnable> timer;
    private final Voice voice;
    private @Nullable PppPeer peer;
    private boolean onLine;
    private boolean silent;

    DataMode(PacketNetwork network, BiConsumer<Duration, Runnable> timer, Voice voice) {
        this.network = network;
        this.timer = timer;
        this.voice = voice;
    }

    /** Whether what is received is the session's. */
    boolean isOnLine() {
        return onLine;
    }

    /** A session begins, or goes on where it was left. */
    void enter(PppSettings settings) {
        onLine = true;
        if (peer == null) {
            Way way = new Way();
            PppPeer next = new PppPeer(settings, timer::accept, this::say, way, this::over);
            way.to = network.join(packet -> next.send(packet));
            silent = false;
            peer = next;
            next.begin();
        }
    }

    void receive(String bytes) {
        if (bytes.equals(ESCAPE)) {
            onLine = false;
            voice.line("OK");
        } else if (peer != null && !silent) {
            peer.receive(bytes);
        }
    }

    void meet(SessionFault fault) {
        if (peer == null) {
            return;
        }
        switch (fault) {
            case TERMINATES -> peer.terminate();
            case LOSES_CARRIER -> over();
            case IGNORES_ECHOES -> peer.ignoreEchoes();
            case FALLS_SILENT -> silent = true;
        }
    }

    /** It ends without a word. */
    void hangUp() {
        if (peer != null) {
            peer.stop();
            peer = null;
        }
        onLine = false;
    }

    private void say(String bytes) {
        if (onLine && !silent) {
            voice.raw(bytes);
        }
    }

    private void over() {
        hangUp();
        voice.line("NO CARRIER");
    }

    /** The network is joined after the peer is made, which needs a way out by then. */
    private static final class Way implements Consumer<String> {
        private Consumer<String> to = packet -> {};

        @Override
        public void accept(String packet) {
            to.accept(packet);
        }
    }
}
