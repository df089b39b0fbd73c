package io.fieldloop.scenario.bench;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.scenario.rig.DeviceJournal;
import io.fieldloop.scenario.rig.DeviceSetup;
import io.fieldloop.scenario.rig.FieldDevice;
import io.fieldloop.scenario.rig.LoopbackSources;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.rig.virtual.VirtualRig;
import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.session.SessionConfig;
import io.fieldloop.server.tls.Engine;
import io.fieldloop.server.tls.TlsConfig;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Devices that are online over TLS for a day, answer the gateway's pings, and talk every now and then; events are counted and nothing
 * is kept.
 */
final class VirtualDay implements GatewayListener, DeviceJournal {
    private static final Seeds SEEDS = new Seeds(1);
    private static final Duration SPEECH = Duration.ofSeconds(2);

    private final Rig rig = new VirtualRig(SEEDS);
    private final CertificateAuthority authority = new CertificateAuthority(rig.clock(), rig.secureRandom("pki"));
    private final int devices;
    private final Duration pingEvery;
    private final String profile;
    private final Duration turnEvery;
    private long turnsCompleted;
    private long audioFrames;
    private long pingsSent;
    private long pongsReceived;
    private long channelsLost;

    VirtualDay(int devices, Duration pingEvery) {
        this(devices, pingEvery, "xiaozhi-wifi", Duration.ZERO);
    }

    /** Zero for devices that never talk. */
    VirtualDay(int devices, Duration pingEvery, String profile, Duration turnEvery) {
        this.devices = devices;
        this.pingEvery = pingEvery;
        this.profile = profile;
        this.turnEvery = turnEvery;
    }

    /** What happened. */
    record Tally(long simulatedNanos, long pings, long pongs, long channelsLost, long turns, long audioFrames) {}

    /** Blocks until {@code lasting} has passed in virtual time since the last device came online. */
    Tally run(Duration lasting) {
        try (rig) {
            CompletableFuture<Tally> over = new CompletableFuture<>();
            rig.loop().execute(() -> {
                CompletableFuture<Void> online = startGateway().thenCompose(gateway -> connectAll());
                online.thenAccept(all ->
                        rig.loop().schedule(() -> over.complete(tally()), lasting.toNanos(), TimeUnit.NANOSECONDS));
                online.exceptionally(failure -> {
                    over.completeExceptionally(failure);
                    return null;
                });
            });
            return over.join();
        }
    }

    private Tally tally() {
        return new Tally(rig.nanosSinceStart(), pingsSent, pongsReceived, channelsLost, turnsCompleted, audioFrames);
    }

    private CompletableFuture<Void> startGateway() {
        TlsConfig tls = TlsConfig.serving(authority.issue(CertificateRequest.of(
                        List.of("gateway.test"), rig.clock().instant(), Duration.ofDays(90))))
                .withEngine(Engine.BOUNCY_CASTLE);
        GatewayConfig config = GatewayConfig.builder()
                .listener(ListenerConfig.secure(Rig.WSS.name(), rig.bindAddress(Rig.WSS), tls))
                .session(SessionConfig.builder()
                        .idle(Duration.ofHours(
                                25)) // pings are no input: the default would end every session after 2 min
                        .ping(new SessionConfig.Ping(pingEvery, Duration.ofSeconds(20)))
                        .build())
                .build();
        return Gateway.start(config, rig.gatewayRuntime(), this)
                .thenAccept(gateway -> rig.gatewayAt(Rig.WSS, gateway.address(Rig.WSS.name())));
    }

    private CompletableFuture<Void> connectAll() {
        return CompletableFuture.allOf(IntStream.range(0, devices)
                .mapToObj(ordinal -> connect(ordinal, device(ordinal)))
                .toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> connect(int ordinal, FieldDevice device) {
        return device.open().thenAccept(outcome -> {
            requireOnline(outcome);
            if (!turnEvery.isZero()) {
                talk(device, turnEvery.multipliedBy(ordinal).dividedBy(devices));
            }
        });
    }

    private void talk(FieldDevice device, Duration in) {
        rig.loop()
                .schedule(
                        () -> {
                            device.talk(SPEECH);
                            talk(device, turnEvery);
                        },
                        in.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private static void requireOnline(Object outcome) {
        if (!(outcome instanceof ConnectOutcome.Online)) {
            throw new IllegalStateException("A device did not come online: " + outcome);
        }
    }

    private FieldDevice device(int ordinal) {
        String name = "device#" + ordinal;
        X509Certificate root = authority.root();
        InetAddress source = LoopbackSources.ofDevice(ordinal);
        DeviceConfig config = DeviceConfig.of(name, DeviceProfile.named(profile), "wss://gateway.test/xiaozhi/v1/")
                .withTrustAnchors(List.of(root));
        return rig.device(
                new DeviceSetup(config, LinkProfile.NONE, SEEDS.of("link:" + name), source, this, broken -> {}));
    }

    @Override
    public void onEvent(GatewayEvent event) {
        if (event instanceof GatewayEvent.PingSent) {
            pingsSent++;
        } else if (event instanceof GatewayEvent.PongReceived) {
            pongsReceived++;
        }
    }

    @Override
    public void device(String kind, Map<String, Object> attributes) {
        if (kind.equals("offline")) {
            channelsLost++;
        } else if (kind.equals("turn-completed")) {
            turnsCompleted++;
        } else if (kind.equals("audio-sent") || kind.equals("audio-received")) {
            audioFrames += (Long) attributes.getOrDefault("frames", 0L);
        }
    }

    @Override
    public void link(String kind, Map<String, Object> attributes) {}
}
