package io.fieldloop.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
    private final LiveStream stream = new LiveStream();
    private final List<EmbeddedChannel> channels = new ArrayList<>();

    @AfterEach
    void close() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void eachStateIsOneEvent() {
        EmbeddedChannel page = listener();

        stream.send(() -> "{\"n\":2}");

        assertThat(sent(page))
                .contains("content-type: text/event-stream; charset=utf-8", "transfer-encoding: chunked")
                .contains("data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n");
    }

    @Test
    void whoReadsTooSlowlyMissesStatesAndIsClosedInTheEnd() {
        EmbeddedChannel slow = listener();
        EmbeddedChannel quick = listener();
        sent(slow);
        slow.unsafe().outboundBuffer().setUserDefinedWritability(1, false);

        for (int i = 0; i < 30; i++) {
            stream.send(() -> "{}");
        }
        assertThat(sent(slow)).as("nothing is held for it").isEmpty();
        assertThat(slow.isOpen()).isTrue();
        stream.send(() -> "{}");

        assertThat(slow.isOpen()).isFalse();
        assertThat(stream.listening()).isOne();
        assertThat(sent(quick).split("data: ")).hasSize(33);
    }

    @Test
    void whoReadsAgainGetsTheNextState() {
        EmbeddedChannel page = listener();
        sent(page);
        page.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        stream.send(() -> "{\"missed\":1}");
        page.unsafe().outboundBuffer().setUserDefinedWritability(1, true);

        stream.send(() -> "{\"next\":1}");

        assertThat(sent(page)).contains("next").doesNotContain("missed");
    }

    @Test
    void onlySoManyListenAndOneThatLeavesMakesRoom() {
        for (int i = 0; i < LiveStream.LISTENERS_MAX; i++) {
            listener();
        }
        assertThat(opened(channel())).isFalse();

        channels.get(0).close();

        assertThat(opened(channel())).isTrue();
    }

    @Test
    void nobodyIsAskedForAStateThatNobodyReads() {
        stream.send(() -> {
            throw new AssertionError("asked");
        });
    }

    private EmbeddedChannel listener() {
        EmbeddedChannel channel = channel();
        assertThat(opened(channel)).isTrue();
        return channel;
    }

    private EmbeddedChannel channel() {
        EmbeddedChannel channel = new EmbeddedChannel(
                new ReadTimeoutHandler(15), new HttpServerCodec(), new ChannelInboundHandlerAdapter());
        channels.add(channel);
        // The codec answers nothing that was not asked.
        channel.writeInbound(io.netty.buffer.Unpooled.copiedBuffer(
                "GET /live/events HTTP/1.1\r\nHost: localhost\r\n\r\n", StandardCharsets.US_ASCII));
        channel.releaseInbound();
        return channel;
    }

    private boolean opened(EmbeddedChannel channel) {
        ChannelHandlerContext last = channel.pipeline().lastContext();
        return stream.open(last, "{\"n\":1}");
    }

    private static String sent(EmbeddedChannel channel) {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(StandardCharsets.UTF_8));
            part.release();
        }
        return text.toString();
    }
}
