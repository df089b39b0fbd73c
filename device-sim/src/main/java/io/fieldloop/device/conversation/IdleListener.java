package io.fieldloop.device.conversation;

import io.fieldloop.device.context.DeviceContext;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the server says while no audio channel is open, which only a transport that stays connected brings.
 *
 * <p>The firmware's Application makes no difference: it answers MCP, shows alerts, and would start to speak.
 */
public final class IdleListener implements MessageSink {

    private static final ServerHello NONE = new ServerHello(null, "", Duration.ofMillis(60));

    private final Conversation conversation;

    /** @param reboot what happens when the server asks for a reboot */
    public IdleListener(DeviceContext context, MessageChannel channel, Runnable reboot) {
        this.conversation = new Conversation(
                context,
                channel,
                reboot,
                NONE,
                new SplittableRandom(context.random().nextLong()));
    }

    @Override
    public void received(@Nullable JsonMessage message) {
        if (message != null) {
            conversation.received(message);
        }
    }

    @Override
    public void lost(@Nullable String code) {}
}
