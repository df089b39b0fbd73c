package io.fieldloop.scenario.rig.socket;

import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.front.FrontProcess;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.Rig.NominalListener;
import io.fieldloop.scenario.rig.name.GatewayNames;
import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.pki.CertificateChain;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.util.NetUtil;
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
    private final boolean isAlsoAtIpv6;
    private volatile @Nullable FrontProcess front;
    /** The same program with the same configuration for who comes by IPv6; the way from it to the gateway is IPv4. */
    private volatile @Nullable FrontProcess sixth;

    /**
     * @param choice null for none
     * @param isAlsoAtIpv6 whether names lead to the gateway by IPv6, too
     */
    public RigFront(LoopbackStage stage, @Nullable FrontChoice choice, boolean isAlsoAtIpv6) {
        this.stage = stage;
        this.choice = choice;
        this.isAlsoAtIpv6 = isAlsoAtIpv6;
    }

    /** Starts it before a gateway that listens; it takes its time, and the loop does not wait for it. */
    public CompletableFuture<Void> open(CertificateChain chain) {
        FrontChoice wanted = choice;
        return wanted == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> {
                    front = start(wanted, InetAddress.getLoopbackAddress(), chain);
                    sixth = isAlsoAtIpv6 ? start(wanted, NetUtil.LOCALHOST6, chain) : null;
                });
    }

    private FrontProcess start(FrontChoice wanted, InetAddress at, CertificateChain chain) {
        return FrontProcess.start(
                wanted,
                at,
                (InetSocketAddress) stage.bindAddress(Rig.WS),
                (InetSocketAddress) stage.bindAddress(Rig.WSS),
                GatewayNames.DOMAIN,
                chain);
    }

    /** Whether connections to that listener are led to it instead. */
    public boolean covers(NominalListener listener) {
        return choice != null && LISTENERS.contains(listener);
    }

    /** Where it listens, once it is open, in place of one of {@link #LISTENERS}. */
    public InetSocketAddress of(NominalListener listener) {
        return place(Objects.requireNonNull(front), listener);
    }

    /** The same for who comes by IPv6, where names lead there. */
    public InetSocketAddress sixthOf(NominalListener listener) {
        return place(Objects.requireNonNull(sixth), listener);
    }

    private static InetSocketAddress place(FrontProcess program, NominalListener listener) {
        return listener.equals(Rig.WSS) ? program.wss() : program.ws();
    }

    /** Where it speaks to the gateway from, which trusts it where no scenario says whether it does. */
    public List<Cidr> trusted() {
        return choice != null && choice.given() ? List.of(Cidr.parse("127.0.0.1/32")) : List.of();
    }

    /** A connection that passes no link. */
    public ChannelFuture dialDirectly(InetAddress source, NominalListener listener, ChannelHandler pipeline) {
        return covers(listener)
                ? stage.connect(of(listener), source, pipeline)
                : stage.dialDirectly(source, listener, pipeline);
    }

    /** Whether it stands before IPv6, too. */
    public boolean isAlsoAtIpv6() {
        return choice != null && isAlsoAtIpv6;
    }

    /** Ends it, and gives the secrets of its TLS sessions, as far as it left them. */
    public String close() {
        return close(front) + close(sixth);
    }

    private static String close(@Nullable FrontProcess opened) {
        if (opened == null) {
            return "";
        }
        String keys = opened.keys();
        opened.close();
        return keys;
    }
}
