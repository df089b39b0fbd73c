package io.fieldloop.scenario.cli.serve;

import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.LiveOptions;
import io.fieldloop.scenario.cli.option.ServerOptions;
import io.fieldloop.scenario.live.LiveCertificate;
import io.fieldloop.scenario.live.LiveFaults;
import io.fieldloop.scenario.live.LiveLinks;
import io.fieldloop.scenario.live.LiveRecording;
import io.fieldloop.scenario.live.SeenDevices;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.firmware.ServedFirmware;
import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.admin.AdminServer;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.voice.VoiceConfig;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What makes a served gateway a bench: links in front of it, faults while it runs, and a recording of both. */
final class LiveBench implements GatewayListener, AutoCloseable {
    private static final int TOKEN_BYTES = 16;

    private final LiveOptions options;
    private final GatewayListener events;
    private final GatewayRuntime runtime;
    private final @Nullable LiveLinks links;
    private final SeenDevices devices = new SeenDevices();
    private final LiveRecording recording;
    private final Map<String, InetSocketAddress> fronts = new LinkedHashMap<>();
    private final String token;
    private LiveLinks.@Nullable Voice voice;
    private volatile @Nullable LiveFaults faults;

    /** @param events told of what happens at the gateway, and of each change */
    LiveBench(LiveOptions options, EventLoopGroup loops, GatewayListener events) {
        LinkProfile link = options.link();
        GatewayRuntime onSockets = GatewayRuntime.onSockets(loops);
        this.options = options;
        this.events = events;
        this.links = link == null ? null : new LiveLinks(link);
        this.runtime = links == null
                ? onSockets
                : new GatewayRuntime(
                        loops, onSockets.serverChannels(), onSockets.clock(), onSockets.random(), links::sourceOf);
        this.recording = new LiveRecording(runtime.clock());
        this.token = token(options.token);
        options.requireWritable();
    }

    private String token(@Nullable String given) {
        if (given == null) {
            byte[] chance = new byte[TOKEN_BYTES];
            runtime.random().nextBytes(chance);
            return HexFormat.of().formatHex(chance);
        }
        String value = given.startsWith("@") ? ServerOptions.secret("--admin-token", given.substring(1)) : given;
        if (value.isEmpty()) {
            throw new CliException("--admin-token is empty; give what POST /faults shall ask for.");
        }
        return ServerOptions.headerValue("--admin-token", value);
    }

    GatewayRuntime runtime() {
        return runtime;
    }

    String token() {
        return token;
    }

    @Override
    public void onEvent(GatewayEvent event) {
        devices.onEvent(event);
        if (options.scenario != null) {
            recording.onEvent(event);
        }
        LiveFaults on = faults;
        if (on != null) {
            on.onEvent(event);
        }
        events.onEvent(event);
    }

    /** Where a listener for TCP listens itself: behind its link, where there is one. */
    InetSocketAddress behind(String listener, InetSocketAddress wanted) {
        if (links == null) {
            return wanted;
        }
        fronts.put(listener, wanted);
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Where the listener for voice listens itself, and where devices send it. */
    InetSocketAddress voiceBehind(InetSocketAddress wanted) {
        if (links == null) {
            return wanted;
        }
        voice = links.leadDatagrams(wanted);
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** What devices are told of the voice listener; the gateway itself sees nothing but its side of the link. */
    VoiceConfig voice(@Nullable String host, @Nullable Integer port) {
        LiveLinks.Voice way = voice;
        return VoiceConfig.builder()
                .advertised(
                        host != null || way == null
                                ? host
                                : LocalAddresses.reachable(way.at().getAddress())
                                        .get(0),
                        port != null || way == null
                                ? port
                                : Integer.valueOf(way.at().getPort()))
                .build();
    }

    /** The gateway runs: links lead to it from here on, and whoever has the token may put faults on it. */
    void begin(Gateway gateway, @Nullable AdminServer admin, @Nullable ServeCertificate certificate) {
        LiveLinks ways = links;
        if (ways != null) {
            fronts.replaceAll((name, front) -> ways.lead(front, (InetSocketAddress) gateway.address(name)));
        }
        if (voice != null) {
            voice.lead().accept((InetSocketAddress) gateway.address(ListenOptions.UDP));
            fronts.put(ListenOptions.UDP, voice.at());
        }
        LiveCertificate live = certificate == null ? null : certificate.live();
        LiveFaults on = new LiveFaults(
                gateway,
                live,
                links,
                devices,
                events,
                recording,
                runtime.group().next(),
                runtime.clock());
        faults = on;
        if (admin != null) {
            admin.steer(on, token);
        }
    }

    /** Leads firmware's connects to the gateway, by its usual ports and those it is served at, and puts its link under the live page. */
    void attach(ServedFirmware firmware, Gateway gateway, List<ListenerConfig> listeners) {
        LiveLinks ways = Objects.requireNonNull(links);
        for (ListenerConfig listener : listeners) {
            InetSocketAddress actual = (InetSocketAddress) gateway.address(listener.name());
            int port = listener instanceof ListenerConfig.Voice
                    ? actual.getPort()
                    : ways.relay(ServedFirmware.SOURCE, actual).getPort();
            firmware.ports()
                    .lead(Rig.listenerNamed(listener.name()).port(), port)
                    .lead(address(listener.name(), gateway).getPort(), port);
        }
        ways.attach(ServedFirmware.SOURCE, firmware.link(), firmware::say);
    }

    /** Where devices reach a listener. */
    InetSocketAddress address(String listener, Gateway gateway) {
        return Objects.requireNonNullElseGet(fronts.get(listener), () -> (InetSocketAddress) gateway.address(listener));
    }

    private static String text(GatewayConfig config) {
        List<String> values = new ArrayList<>();
        if (config.stance() == Stance.COMPAT) {
            values.add("stance: compat");
        }
        if (config.admission().tokenRequired()) {
            values.add("token: required");
        }
        if (config.mqtt().signatureKey() != null) {
            values.add("mqtt: { credentials: signed }");
        }
        return values.isEmpty() ? "{}" : "{ " + String.join(", ", values) + " }";
    }

    /** Writes what was recorded, where that was asked for. */
    void save(GatewayConfig config) {
        options.write(recording.scenario(text(config), Objects.requireNonNullElse(options.link, "none")));
    }

    @Override
    public void close() {
        if (links != null) {
            links.close();
        }
    }
}
