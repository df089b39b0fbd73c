package io.fieldloop.device;

import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.websocket.WebSocketDecoder;
import io.fieldloop.device.websocket.WebSocketUrl;
import io.fieldloop.device.websocket.WriteChunker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Builds a device's end of one connection: TLS where the URL asks for it, the modem's chunks, WebSocket, and the wire's handler. */
final class DevicePipeline extends ChannelInitializer<Channel> {

    private final Board board;
    private final WebSocketUrl url;
    private final String key;
    private final ReceiveClock receiveClock;
    private final WireHandler wireHandler;

    DevicePipeline(Board board, WebSocketUrl url, String key, ReceiveClock receiveClock, WireHandler wireHandler) {
        this.board = board;
        this.url = url;
        this.key = key;
        this.receiveClock = receiveClock;
        this.wireHandler = wireHandler;
    }

    @Override
    protected void initChannel(Channel channel) {
        DeviceProfile profile = board.config().profile();
        ChannelPipeline pipeline = channel.pipeline();
        if (url.tls()) {
            pipeline.addLast("receive-clock", receiveClock);
        }
        if (profile.writeChunkBytes() < Integer.MAX_VALUE) {
            pipeline.addLast("chunks", new WriteChunker(profile.writeChunkBytes()));
        }
        pipeline.addLast("websocket", new WebSocketDecoder(profile.response(), profile.frames(), key));
        pipeline.addLast("wire", wireHandler);
    }

    static boolean isTlsEstablished(Object event) {
        return false;
    }

    static DeviceEvent tlsEvent(Object event, Duration elapsed) {
        return new DeviceEvent.TlsSessionEstablished("", "", elapsed);
    }

    static AttemptFault tlsFault(@Nullable Throwable cause, @Nullable WebSocketUrl url) {
        return AttemptFault.of(FailureReason.TLS_EOF, AttemptPhase.TLS, url);
    }
}
