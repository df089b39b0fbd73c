package io.fieldloop.qemu.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * QEMU's control socket (QMP): greeting, {@code qmp_capabilities}, then commands, answered in order. Takes one JSON text per line; all
 * methods on its event loop.
 */
final class QmpChannel extends SimpleChannelInboundHandler<String> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Deque<CompletableFuture<Void>> unanswered = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;

    /** Completes when commands may be sent; fails when QEMU hangs up before. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    boolean isReady() {
        return ready.isDone() && !ready.isCompletedExceptionally();
    }

    /** Fails when QEMU refuses or hangs up. */
    CompletableFuture<Void> command(String name) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        ChannelHandlerContext open = context;
        if (open == null) {
            answer.completeExceptionally(
                    new EmulationException("QEMU's control socket is closed, so " + name + " cannot be asked of it."));
            return answer;
        }
        unanswered.addLast(answer);
        open.writeAndFlush("{\"execute\":\"" + name + "\"}\n");
        return answer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        context = null;
        EmulationException closed = new EmulationException("QEMU closed its control socket.");
        ready.completeExceptionally(closed);
        unanswered.forEach(answer -> answer.completeExceptionally(closed));
        unanswered.clear();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext reading, String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JsonProcessingException notQmp) {
            reading.close();
            return;
        }
        if (message.has("QMP")) {
            command("qmp_capabilities").thenRun(() -> ready.complete(null));
        } else if (message.has("return") || message.has("error")) {
            answered(message.path("error").path("desc").asText(""));
        }
    }

    private void answered(String error) {
        CompletableFuture<Void> answer = unanswered.pollFirst();
        if (answer == null) {
            return;
        }
        if (error.isEmpty()) {
            answer.complete(null);
        } else {
            answer.completeExceptionally(new EmulationException("QEMU refuses: " + error + "."));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
        failing.close();
    }
}
