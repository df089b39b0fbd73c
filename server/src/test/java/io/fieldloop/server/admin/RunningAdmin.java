package io.fieldloop.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.RunningGateway;
import io.fieldloop.server.connection.AdmissionConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A gateway that asks for tokens, with its admin listener, as {@code serve} puts them together. */
final class RunningAdmin implements AutoCloseable {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final HttpClient client = HttpClient.newHttpClient();
    private final AdminServer admin;
    private final Gateway gateway;

    RunningAdmin() {
        GatewayRuntime runtime = GatewayRuntime.onSockets(group);
        admin = AdminServer.start(AdminConfig.onLoopback(0), runtime).join();
        GatewayConfig config = GatewayConfig.builder()
                .listener(ListenerConfig.plain("ws", RunningGateway.anyLoopbackPort()))
                .listener(new ListenerConfig.Mqtt("mqtt", RunningGateway.anyLoopbackPort(), null))
                .listener(new ListenerConfig.Voice("udp", RunningGateway.anyLoopbackPort()))
                .admission(AdmissionConfig.builder()
                        .origins(admin.origins())
                        .requireToken("key")
                        .allowedDevices(java.util.Set.of("02:00:00:00:00:01"))
                        .build())
                .build();
        gateway = Gateway.start(config, runtime, admin.metrics()).join();
        admin.watch(gateway, config);
    }

    InetSocketAddress address() {
        return admin.address();
    }

    /** Connects with the identity in the query and the test page's Origin, as a browser does. */
    CompletableFuture<WebSocket> connect(String query) {
        int port = ((InetSocketAddress) gateway.address("ws")).getPort();
        return client.newWebSocketBuilder()
                .header("Origin", admin.origins().get(0))
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + port + GatewayConfig.PATH + "?" + query),
                        new WebSocket.Listener() {});
    }

    InetSocketAddress address(String listener) {
        return (InetSocketAddress) gateway.address(listener);
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + address().getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    String get(String path) throws IOException, InterruptedException {
        return send("GET", path).body();
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(path));
    }

    @Override
    public void close() {
        gateway.close();
        admin.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
