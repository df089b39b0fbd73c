package io.fieldloop.scenario.rig;

import io.fieldloop.device.tls.crypto.SharedArithmetic;
import io.fieldloop.scenario.adversary.TargetPolicy;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.NameSpec;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.ota.FirmwareImage;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.tls.KeyLog;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one scenario happens; made for it and closed after it.
 *
 * <p>Hosts and ports in scenario files are nominal. A rig knows where the gateway's listeners really are once it was
 * told with {@link #gatewayAt}, and leads every dialled connection there.
 */
public interface Rig extends AutoCloseable {
    /** The gateway's TLS listener: nominal port and listener name. */
    NominalListener WSS = new NominalListener("wss", 443);
    /** Where a port mapping in front leads to the TLS listener too, as in the field for who has no port 443. */
    int WSS_MAPPED_PORT = 8902;
    /** Where a ws:// URL without a port leads, which is the plain listener too. */
    int WS_DEFAULT_PORT = 80;
    /** The gateway's plain listener. */
    NominalListener WS = new NominalListener("ws", 8000);

    /** The gateway's OTA listener. */
    NominalListener OTA = new NominalListener("ota", 8002);
    /** The gateway's OTA listener inside TLS. */
    NominalListener OTAS = new NominalListener("otas", 8443);
    /** The gateway's plain MQTT listener. */
    NominalListener MQTT = new NominalListener("mqtt", 1883);
    /** The gateway's MQTT listener inside TLS, on the one port where the firmware encrypts. */
    NominalListener MQTTS = new NominalListener("mqtts", 8883);
    /** The gateway's listener for voice in datagrams. */
    NominalListener UDP = new NominalListener("udp", 8884);

    /** A listener as scenario files know it. */
    record NominalListener(String name, int port) {}

    /** The listener of that name. */
    static NominalListener listenerNamed(String name) {
        return Stream.of(WS, WSS, MQTT, MQTTS, UDP, OTA, OTAS)
                .filter(listener -> listener.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the gateway has no listener " + name));
    }

    RigKind kind();

    /** How much of the scenario is to be played here. */
    default Story story() {
        return Story.WHOLE;
    }

    /** The loop on which engine, devices and links live. */
    EventLoop loop();

    /** Nanoseconds since the rig was made, on the clock its timers use; may be read from any thread. */
    long nanosSinceStart();

    /** The right time, as certificates and tokens see it. */
    InstantSource clock();

    /** A source of key material: seeded where the rig promises the same bytes for the same seed. */
    SecureRandom secureRandom(String purpose);

    /** An authority for the run: a new one with each call, so that a run asks once. */
    default RunAuthority newAuthority() {
        return RunAuthority.of(new CertificateAuthority(clock(), secureRandom("pki")));
    }

    /** What the simulated devices of this rig know of certificate chains already. */
    SharedArithmetic arithmetic();

    /** What a gateway needs to live here. */
    GatewayRuntime gatewayRuntime();

    /** The listeners a gateway is to open for {@code nominal}: itself, and any a rig needs to tell its devices apart. */
    default List<NominalListener> listeners(NominalListener nominal) {
        return List.of(nominal);
    }

    /** Where the secrets of the gateway's TLS sessions go, or null for nowhere. */
    default @Nullable KeyLog keyLog() {
        return null;
    }

    /** A journal entry was written; a rig that captures links puts it beside the packets. May be called from any thread. */
    default void noted(JournalEntry entry) {}

    /** Done when all that devices said before the story ended has passed their links, where anybody is to see it. */
    default CompletableFuture<Void> lastWords() {
        return CompletableFuture.completedFuture(null);
    }

    /** Where a gateway is to bind {@code listener}; the same place again after a restart. */
    SocketAddress bindAddress(NominalListener listener);

    /** Tells the rig where {@code listener} was really bound. */
    void gatewayAt(NominalListener listener, SocketAddress bound);

    /** An update of that version and at least that size for this rig's devices. */
    default FirmwareImage firmwareImage(String version, int bytesMin) {
        return FirmwareImage.sample(version, bytesMin);
    }

    /** Puts a device here: its names are resolved here, and every connection of it passes a link of its own. */
    FieldDevice device(DeviceSetup setup);

    /** Whom the gateway trusts to name the source of a connection, where its scenario names nobody. */
    default List<Cidr> trustedFronts() {
        return List.of();
    }

    /**
     * Puts the program in front of the gateway, where the rig has one; the gateway listens, and dials lead to the program from then
     * on.
     *
     * @param chain what it serves
     */
    default CompletableFuture<Void> openFront(CertificateChain chain) {
        return CompletableFuture.completedFuture(null);
    }

    /** A connection that passes no link, for adversaries; to the listener for voice a channel of datagrams. */
    ChannelFuture dialDirectly(InetAddress source, NominalListener listener, ChannelHandler pipeline);

    /** The name server says that of a name from now on. */
    default void say(String host, NameSpec name) {
        throw new IllegalStateException("here is no name server that could say otherwise of " + host);
    }

    /** Hosts that lead to the gateway, beside {@code gateway.test}. */
    void nameGateway(String host);

    /** Where adversaries of this rig may go. */
    default TargetPolicy probeTargets() {
        return TargetPolicy.LOOPBACK;
    }

    /** The gateway at the far end where that is not ours; null where the scenario's own gateway lives here. */
    default @Nullable ForeignGateway foreign() {
        return null;
    }

    /** Who is told when this machine has too little of something for the scenario to go on; called on any thread. */
    default void onBroken(Consumer<RigException> listener) {}

    /** The gateway listens and the first step is about to begin. */
    default void storyBegins() {}

    /** How late the harness itself has been with something at worst since the story began; always zero in virtual time. */
    default Duration worstLag() {
        return Duration.ZERO;
    }

    /** Ends everything that still runs in it; not to be called on its loop. */
    @Override
    void close();
}
