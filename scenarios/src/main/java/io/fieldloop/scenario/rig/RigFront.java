package io.fieldloop.scenario.rig;

import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.front.FrontPlaces;
import io.fieldloop.scenario.front.FrontProcess;
import io.fieldloop.scenario.rig.Rig.NominalListener;
import io.fieldloop.server.pki.CertificateChain;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The program in front of a rig's gateway on loopback, or none. */
public final class RigFront {
    /** What it stands before; MQTT, OTA and voice reach the gateway by themselves. */
    public static final List<NominalListener> LISTENERS = List.of(Rig.WS, Rig.WSS);

    private final LoopbackStage stage;
    private final @Nullable FrontChoice choice;
    private volatile @Nullable FrontProcess front;

    /** @param choice null for none */
    public RigFront(LoopbackStage stage, @Nullable FrontChoice choice) {
        this.stage = stage;
        this.choice = choice;
    }

    /** Starts it before a gateway that listens; it takes its time, and the loop does not wait for it. */
    public CompletableFuture<Void> open(CertificateChain chain) {
        FrontChoice wanted = choice;
        return wanted == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> front = FrontProcess.start(
                        wanted.front(),
                        wanted.configuration(),
                        (InetSocketAddress) stage.bindAddress(Rig.WS),
                        (InetSocketAddress) stage.bindAddress(Rig.WSS),
                        GatewayNames.DOMAIN,
                        chain));
    }

    /** Whether connections to that listener are led to it instead. */
    public boolean covers(NominalListener listener) {
        return choice != null && LISTENERS.contains(listener);
    }

    /** Where it listens, once it is open, in place of one of {@link #LISTENERS}. */
    public InetSocketAddress of(NominalListener listener) {
        FrontPlaces places = Objects.requireNonNull(front).places();
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), listener.equals(Rig.WSS) ? places.wss() : places.ws());
    }

    /** A connection that passes no link. */
    public ChannelFuture dialDirectly(InetAddress source, NominalListener listener, ChannelHandler pipeline) {
        return covers(listener)
                ? stage.connect(of(listener), source, pipeline)
                : stage.dialDirectly(source, listener, pipeline);
    }

    /** Ends it, and gives the secrets of its TLS sessions, as far as it left them. */
    public String close() {
        FrontProcess opened = front;
        if (opened == null) {
            return "";
        }
        String keys = opened.keys();
        opened.close();
        return keys;
    }
}
