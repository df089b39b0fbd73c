package io.fieldloop.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.ConnectionRegistry;
import io.fieldloop.server.connection.GatewayConfigException;
import io.fieldloop.server.connection.RefusalLedger;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.session.SessionSnapshot;
import io.fieldloop.server.tls.TlsAcceptor;
import io.fieldloop.server.voice.VoiceSnapshot;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running gateway.
 *
 * <p>It owns its listeners and connections, not the event loops it runs on. Nothing in it is static, so several of them in one JVM
 * do not notice each other.
 */
public final class Gateway implements AutoCloseable {
    /** How long a graceful stop waits for devices to leave. */
    private static final long GRACE_SECONDS = 2;

    private final GatewayState state;
    private final EventLoop home;
    private final Map<String, Channel> listeners;
    private final Map<String, TlsAcceptor> acceptors;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private boolean stopBegun;

    Gateway(GatewayState state, EventLoop home, Map<String, Channel> listeners, Map<String, TlsAcceptor> acceptors) {
        this.state = state;
        this.home = home;
        this.listeners = new LinkedHashMap<>(listeners);
        this.acceptors = Map.copyOf(acceptors);
    }

    /** Opens all listeners, or none and fails with a {@link GatewayConfigException}. */
    public static CompletableFuture<Gateway> start(
            GatewayConfig config, GatewayRuntime runtime, GatewayListener listener) {
        return new GatewayStart(config, runtime, new GuardedListener(listener)).run();
    }

    /** Where a listener can be reached, with the port that was really taken. */
    public SocketAddress address(String listenerName) {
        Channel listener = listeners.get(listenerName);
        if (listener == null) {
            throw new IllegalArgumentException(
                    "There is no listener \"" + listenerName + "\"; there are " + listeners.keySet() + ".");
        }
        return listener.localAddress();
    }

    /** Which TLS library serves a listener, and why where it is not the faster one; null for a listener without TLS. */
    public @Nullable String tlsEngine(String listenerName) {
        TlsAcceptor acceptor = acceptors.get(listenerName);
        return acceptor == null ? null : acceptor.engine();
    }

    /**
     * Serves other certificates from the next handshake on; live sessions keep theirs.
     *
     * @param byServerName {@code "*"} is what clients get that name no host, or an unknown one
     */
    public void swapCertificates(Map<String, CertificateChain> byServerName) {
        acceptors.values().forEach(acceptor -> acceptor.swap(byServerName));
        byServerName.keySet().stream().sorted().forEach(name -> state.emit(new GatewayEvent.CertificateSwapped(name)));
    }

    /**
     * Puts these faults in place of the present ones, for connections accepted from now on; their ordinals count anew.
     *
     * @throws IllegalArgumentException with one sentence, if two of them cannot both act
     */
    public void replaceFaults(List<Fault> faults) {
        state.connections().replaceFaults(faults);
    }

    /** Arms session faults on the sessions that are open now, of the devices they are for; other faults change nothing here. */
    public void meet(List<Fault> faults) {
        state.sessions().meet(faults);
    }

    /** The live sessions, in the order of acceptance. */
    public List<SessionSnapshot> sessions() {
        return state.sessions().snapshots();
    }

    /** The open ways for audio of the MQTT sessions, in the order of acceptance. */
    public List<VoiceSnapshot> voice() {
        return state.voicePorts().stream()
                .flatMap(port -> port.snapshots().stream())
                .toList();
    }

    /** How many connections are open, whatever has become of them so far. */
    public int connections() {
        return state.connections().count();
    }

    public RefusalLedger refusals() {
        return state.connections().ledger();
    }

    /** Calls a tool of a device's MCP server; completes with its result. */
    public CompletableFuture<JsonNode> callTool(ConnectionId connection, String tool, ObjectNode arguments) {
        return state.sessions().callTool(connection, tool, arguments);
    }

    /** Stops as a killed process does: connections end without a close frame. */
    public CompletableFuture<Void> stop() {
        home.execute(this::cut);
        return stopped.copy();
    }

    /** Closes the listeners, says 1001 to every session, and cuts what is left after two seconds. */
    public CompletableFuture<Void> stopGracefully() {
        home.execute(() -> {
            state.sessions().beginStopping();
            listeners.values().forEach(Channel::close);
            state.sessions().closeAll();
            Future<?> grace = home.schedule(this::cut, GRACE_SECONDS, TimeUnit.SECONDS);
            state.connections().allClosed().whenComplete((closed, failure) -> {
                grace.cancel(false);
                home.execute(this::cut);
            });
        });
        return stopped.copy();
    }

    /** Stops and waits for it; never call it on an event loop. */
    @Override
    public void close() {
        stop().join();
    }

    private void cut() {
        if (stopBegun) {
            return;
        }
        stopBegun = true;
        state.sessions().beginStopping();
        state.sessions().endAll();
        List<CompletableFuture<Void>> closes = new ArrayList<>();
        closes.add(state.connections().allClosed());
        listeners.values().forEach(listener -> closes.add(ConnectionRegistry.closed(listener.close())));
        state.connections().closeAll();
        CompletableFuture.allOf(closes.toArray(CompletableFuture<?>[]::new)).whenComplete((done, failure) -> {
            state.emit(new GatewayEvent.GatewayStopped());
            stopped.complete(null);
        });
    }
}
