package io.fieldloop.scenario.cli.serve;

import io.fieldloop.scenario.cli.option.CertificateOptions;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.ServerOptions;
import io.fieldloop.scenario.rig.firmware.ServedFirmware;
import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.admin.AdminConfig;
import io.fieldloop.server.admin.AdminServer;
import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.GatewayConfigException;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.mqtt.MqttConfig;
import io.fieldloop.server.session.SessionConfig;
import io.fieldloop.server.tls.HandshakeConfig;
import io.fieldloop.server.tls.TlsConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A gateway on sockets of its own, with its admin listener if one is wanted, started and stopped as one. */
public final class ServedGateway implements AutoCloseable {
    private final EventLoopGroup loops;
    private final @Nullable AdminServer admin;
    private final Gateway gateway;
    private final GatewayConfig config;
    private final @Nullable ServeCertificate certificate;
    private final LiveBench bench;
    private @Nullable CertificateWatch watch;

    private ServedGateway(
            EventLoopGroup loops,
            @Nullable AdminServer admin,
            Gateway gateway,
            GatewayConfig config,
            @Nullable ServeCertificate certificate,
            LiveBench bench) {
        this.loops = loops;
        this.admin = admin;
        this.gateway = gateway;
        this.config = config;
        this.certificate = certificate;
        this.bench = bench;
    }

    /** Starts everything, or nothing and throws. */
    public static ServedGateway start(ServeOptions options, GatewayListener events) {
        InetSocketAddress secured = options.listen.secured();
        if (secured == null) {
            options.certificate.requireNone();
        }
        ServeCertificate certificate = secured == null
                ? null
                : ServeCertificate.of(options.certificate, options.live.firmware != null, secured.getAddress());
        GatewayConfig.Builder config =
                GatewayConfig.builder().stance(options.stance()).limits(options.admission.limits());
        if (options.echoes()) {
            config.sessionHandler(EchoSession::new).session(EchoSession.config());
        } else {
            config.session(SessionConfig.builder().ping(options.live.ping()).build());
        }
        config.mqtt(MqttConfig.builder().signatureKey(options.mqttKey()).build());
        AdmissionConfig.Builder admission = admission(options);
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("fieldloop-gateway", true), io);
        LiveBench bench = new LiveBench(options.live, loops, events);
        try {
            addListeners(config, options, certificate, bench);
            InetSocketAddress ota = options.listen.ota();
            if (ota != null) {
                config.listener(ListenerConfig.ota(ListenOptions.OTA, bench.behind(ListenOptions.OTA, ota)))
                        .ota(options.ota());
            }
            return start(options, config, admission, certificate, loops, bench);
        } catch (CompletionException | GatewayConfigException e) {
            bench.close();
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new CliException(sentence(e));
        }
    }

    private static ServedGateway start(
            ServeOptions options,
            GatewayConfig.Builder builder,
            AdmissionConfig.Builder admission,
            @Nullable ServeCertificate certificate,
            EventLoopGroup loops,
            LiveBench bench) {
        GatewayRuntime runtime = bench.runtime();
        AdminConfig adminConfig = options.listen.admin();
        AdminServer admin = adminConfig == null
                ? null
                : AdminServer.start(adminConfig, runtime).join();
        GatewayConfig config = builder.admission(
                        admission.origins(origins(options, admin)).build())
                .build();
        GatewayListener all = admin == null ? bench : admin.metrics().and(bench);
        Gateway gateway = Gateway.start(config, runtime, all).join();
        if (admin != null) {
            admin.watch(gateway, config, listener -> bench.address(listener, gateway));
        }
        bench.begin(gateway, admin, certificate);
        return new ServedGateway(loops, admin, gateway, config, certificate, bench);
    }

    /** Lets firmware in, past the links of other devices and behind its own. */
    public void attach(ServedFirmware firmware) {
        bench.attach(firmware, gateway, config.listeners());
    }

    public GatewayConfig config() {
        return config;
    }

    /** Which TLS library serves a listener; null for none. */
    @Nullable
    String tlsEngine(String listener) {
        return gateway.tlsEngine(listener);
    }

    InetSocketAddress address(String listener) {
        return bench.address(listener, gateway);
    }

    @Nullable
    public InetSocketAddress adminAddress() {
        return admin == null ? null : admin.address();
    }

    /** What changes at the admin listener are made with. */
    public String adminToken() {
        return bench.token();
    }

    @Nullable
    public ServeCertificate certificate() {
        return certificate;
    }

    /** Serves what is written in place of the files of {@code --certificate} and {@code --key} from then on. */
    public void watchCertificate(CertificateOptions options, Consumer<String> said) {
        if (options.certificate != null && options.key != null) {
            watch = new CertificateWatch(
                    options.certificate,
                    options.key,
                    chain -> gateway.swapCertificates(Map.of(TlsConfig.DEFAULT_NAME, chain)),
                    said);
            watch.start();
        }
    }

    /** Says 1001 to every device, then ends. */
    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        if (certificate != null) {
            certificate.forget();
        }
        bench.save(config);
        CompletableFuture<Void> stopped = gateway.stopGracefully();
        stopped.completeOnTimeout(null, 5, TimeUnit.SECONDS).join();
        if (admin != null) {
            admin.stop().completeOnTimeout(null, 2, TimeUnit.SECONDS).join();
        }
        bench.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private static void addListeners(
            GatewayConfig.Builder config,
            ServeOptions options,
            @Nullable ServeCertificate certificate,
            LiveBench bench) {
        List<ListenerConfig> listeners = new ArrayList<>();
        TlsConfig tls = certificate == null ? null : tls(certificate, options.certificate.clientCa);
        add(
                listeners,
                options.listen.ws(),
                address -> ListenerConfig.plain(ListenOptions.WS, bench.behind(ListenOptions.WS, address)));
        if (tls != null) {
            add(
                    listeners,
                    options.listen.wss(),
                    address -> ListenerConfig.secure(ListenOptions.WSS, bench.behind(ListenOptions.WSS, address), tls));
        }
        add(
                listeners,
                options.listen.mqtt(),
                address ->
                        new ListenerConfig.Mqtt(ListenOptions.MQTT, bench.behind(ListenOptions.MQTT, address), null));
        if (tls != null) {
            add(
                    listeners,
                    options.listen.mqtts(),
                    address -> new ListenerConfig.Mqtt(
                            ListenOptions.MQTTS, bench.behind(ListenOptions.MQTTS, address), tls));
        }
        add(
                listeners,
                options.listen.udp(),
                address -> new ListenerConfig.Voice(ListenOptions.UDP, bench.voiceBehind(address)));
        config.voice(bench.voice(options.listen.udpHost(), options.listen.udpPort()));
        if (listeners.isEmpty()) {
            throw new CliException(
                    "There is nothing to serve: give --ws PORT, --wss PORT, --mqtt PORT or --mqtts PORT.");
        }
        listeners.forEach(config::listener);
    }

    private static TlsConfig tls(ServeCertificate certificate, @Nullable Path clientAuthorities) {
        TlsConfig tls = TlsConfig.serving(certificate.chain());
        return clientAuthorities == null
                ? tls
                : tls.withHandshake(
                        HandshakeConfig.requiringClients(ServerOptions.roots(clientAuthorities, "--client-ca")));
    }

    private static void add(
            List<ListenerConfig> listeners,
            @Nullable InetSocketAddress address,
            Function<InetSocketAddress, ListenerConfig> kind) {
        if (address != null) {
            listeners.add(kind.apply(address));
        }
    }

    private static AdmissionConfig.Builder admission(ServeOptions options) {
        AdmissionConfig.Builder admission = AdmissionConfig.builder()
                .allow(options.admission.allowed())
                .deny(options.admission.denied())
                .exempt(options.admission.exempted())
                .trustProxies(options.admission.trustedProxies());
        String key = options.tokenKey();
        return key == null ? admission : admission.requireToken(key);
    }

    /**
     * Those that were given and the test page's own.
     *
     * <p>Not in compat without any given: there an empty list admits everyone, while any list turns away what sends no Origin, which
     * is every device.
     */
    private static List<String> origins(ServeOptions options, @Nullable AdminServer admin) {
        List<String> origins = new ArrayList<>(options.admission.origins());
        if (admin != null && (options.stance() == Stance.HARDENED || !origins.isEmpty())) {
            origins.addAll(admin.origins());
        }
        return origins;
    }

    private static String sentence(RuntimeException failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof GatewayConfigException) {
            return String.valueOf(cause.getMessage());
        }
        throw failure;
    }
}
