package io.fieldloop.device.websocket;

import io.fieldloop.device.attempt.AttemptFault;
import io.fieldloop.device.attempt.Endpoint;
import io.fieldloop.device.attempt.FailureReport;
import io.fieldloop.device.attempt.Opening;
import io.fieldloop.device.attempt.TransportClient;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.HelloMessage;
import io.fieldloop.device.conversation.MessageSink;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.profile.PhaseLimits;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/** The device's WebSocket client during one attempt: its URL, its upgrade request, and what it says of failures. */
public final class WebSocketClient implements TransportClient {

    /** Of the firmware's WebsocketProtocol on the console. */
    static final String TAG = "WS";

    /** The hello's word. */
    static final String TRANSPORT = "websocket";

    private final DeviceContext context;
    private final DeviceProfile profile;
    private final String address;
    private final Identity identity;
    private final HeaderEdits headers;
    private final String key;
    private final @Nullable WebSocketUrl url;
    private @Nullable WebSocketConnection connection;

    public WebSocketClient(DeviceContext context, String address, Identity identity, HeaderEdits headers) {
        this.context = context;
        this.profile = context.profile();
        this.address = address;
        this.identity = identity;
        this.headers = headers;
        this.key = WebSocketKey.next(context.random());
        this.url = WebSocketUrl.parse(profile.dialect(), address)
                .map(parsed -> parsed.with(profile.tls().use()))
                .orElse(null);
    }

    @Override
    public void announce() {
        context.emit(new DeviceEvent.AttemptStarted(address));
        context.log(
                LogLevel.INFO,
                TAG,
                "Connecting to websocket server: " + address + " with version: " + identity.protocolVersion());
    }

    @Override
    public @Nullable Endpoint endpoint() {
        return url == null ? null : new Endpoint(url.host(), url.port(), url.tls());
    }

    @Override
    public PhaseLimits limits() {
        return profile.limits();
    }

    @Override
    public void addTo(ChannelPipeline pipeline, Opening opening) {
        connection = new WebSocketConnection(context, pipeline.channel(), opening, identity.protocolVersion());
        pipeline.addLast("websocket", new WebSocketDecoder(profile.response(), profile.frames(), key));
        pipeline.addLast("connection", connection);
    }

    @Override
    public Phase phase() {
        return Phase.UPGRADE;
    }

    @Override
    public void open() {
        if (connection != null && url != null) {
            connection.request(UpgradeRequest.write(profile.dialect(), url, identity, key, headers.byName()));
        }
    }

    @Override
    public String hello() {
        return HelloMessage.of(identity.protocolVersion(), TRANSPORT);
    }

    @Override
    public String redirected(String location) {
        String next = url == null ? address : url.redirected(location);
        context.log(LogLevel.INFO, "websocket_client", "Redirecting to " + location);
        return next;
    }

    @Override
    public boolean noticesLoss() {
        return profile.response().noticesLoss();
    }

    @Override
    public void silence() {
        if (connection != null) {
            connection.handTo(MessageSink.NOBODY);
        }
    }

    @Override
    public FailureReport report(AttemptFault fault) {
        return WebSocketFailures.report(profile, fault);
    }
}
