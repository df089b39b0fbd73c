package io.fieldloop.device.websocket;

import io.fieldloop.device.attempt.ReceiveClock;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.profile.TlsTraits;
import io.fieldloop.device.tls.DeviceTlsHandler;
import io.fieldloop.device.tls.TlsClientConfig;
import io.fieldloop.device.tls.Verification;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;

/** Builds a device's end of one connection: TLS where the URL asks for it, the modem's chunks, WebSocket, and the wire's handler. */
public final class WebSocketPipeline extends ChannelInitializer<Channel> {

    private final DeviceContext board;
    private final WebSocketUrl url;
    private final String key;
    private final ReceiveClock receiveClock;
    private final WebSocketHandler wireHandler;

    public WebSocketPipeline(
            DeviceContext board,
            WebSocketUrl url,
            String key,
            ReceiveClock receiveClock,
            WebSocketHandler wireHandler) {
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
            pipeline.addLast("tls", new DeviceTlsHandler(tlsConfig(profile.tls())));
        }
        if (profile.writeChunkBytes() < Integer.MAX_VALUE) {
            pipeline.addLast("chunks", new WriteChunker(profile.writeChunkBytes()));
        }
        pipeline.addLast("websocket", new WebSocketDecoder(profile.response(), profile.frames(), key));
        pipeline.addLast("wire", wireHandler);
    }

    private TlsClientConfig tlsConfig(TlsTraits traits) {
        return new TlsClientConfig(
                traits.hello(),
                url.host(),
                board.config().trustAnchors(),
                traits.verifies() ? Verification.CHAIN_AND_NAME : Verification.NONE,
                traits.checksDates(),
                board.deviceClock(),
                traits.heap(),
                board.runtime().random());
    }
}
