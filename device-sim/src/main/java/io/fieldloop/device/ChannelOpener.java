package io.fieldloop.device;

import io.fieldloop.device.attempt.Attempt;
import io.fieldloop.device.attempt.LateHelloWait;
import io.fieldloop.device.attempt.OpenAttempt;
import io.fieldloop.device.attempt.TransportClient;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.conversation.MessageChannel;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.mqtt.MqttProtocol;
import io.fieldloop.device.websocket.WebSocketClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Opens audio channels, one after the other, and keeps what one leaves to the next: a hello that came late, the place it was sent to. */
final class ChannelOpener {

    /** Who wanted the channel; told of how it went before whoever waits for the outcome. */
    interface Owner {
        void online(MessageChannel channel, ServerHello hello, ConnectOutcome.Online outcome);

        void refused(ConnectOutcome.Failed outcome);
    }

    /** esp_websocket_client (1.8.0) counts none and goes round for ever; a run has to end, where esp_http_client would (max_redirection_count). */
    private static final int REDIRECTS_MAX = 10;

    private final DeviceConfig config;
    private final DeviceContext context;
    private final Settings settings;
    private final DeviceNetwork network;
    private final Boots boots;
    private final Owner owner;
    private @Nullable OpenAttempt attempt;
    private @Nullable CompletableFuture<ConnectOutcome> pending;
    private @Nullable LateHelloWait leftOpen;
    private @Nullable ServerHello lateHello;
    private int redirectsLeft;
    private @Nullable String redirectedTo;

    ChannelOpener(
            DeviceConfig config,
            DeviceContext context,
            Settings settings,
            DeviceNetwork network,
            Boots boots,
            Owner owner) {
        this.config = config;
        this.context = context;
        this.settings = settings;
        this.network = network;
        this.boots = boots;
        this.owner = owner;
    }

    /** The outcome of the attempt that is under way; null while none is. */
    @Nullable
    CompletableFuture<ConnectOutcome> pending() {
        return pending;
    }

    CompletableFuture<ConnectOutcome> open() {
        CompletableFuture<ConnectOutcome> outcome = new CompletableFuture<>();
        pending = outcome;
        forgetLeftOpen();
        context.enter(DeviceState.CONNECTING);
        network.whenUsable(usable -> {
            if (usable) {
                connect(outcome);
            } else {
                new AttemptEnd(outcome).failed(noNetwork(), null);
            }
        });
        return outcome;
    }

    /** Gives up the attempt under way, and waits for no late hello any more. */
    void cancel() {
        forgetLeftOpen();
        if (attempt != null) {
            attempt.cancel();
        }
    }

    /** A channel was closed; {@code left} is what the firmware leaves open of it, null for nothing. */
    void leave(@Nullable MessageChannel left) {
        leftOpen = left == null ? null : new LateHelloWait(left, false);
    }

    private static ConnectOutcome.Failed noNetwork() {
        FailureReason reason = FailureReason.MODEM_NOT_READY;
        return new ConnectOutcome.Failed(
                reason, null, reason.explanation(), Duration.ZERO, Phase.DNS, null, null, null);
    }

    private void connect(CompletableFuture<ConnectOutcome> outcome) {
        redirectsLeft = REDIRECTS_MAX;
        MqttProtocol mqtt = boots.mqtt();
        if (mqtt != null) {
            attempt = mqtt.open(new AttemptEnd(outcome));
            if (outcome.isDone()) {
                attempt = null;
            }
            return;
        }
        TransportClient client = newClient();
        client.announce();
        attempt(client, outcome);
    }

    private void attempt(TransportClient client, CompletableFuture<ConnectOutcome> outcome) {
        ServerHello satisfied = lateHello;
        lateHello = null;
        Attempt next = new Attempt(context, client, satisfied, new AttemptEnd(outcome));
        attempt = next;
        next.start(network::dialSocket, config.trustAnchors());
    }

    /** The firmware reads its settings anew at every attempt; a client that was redirected keeps that URL until it is made anew. */
    private TransportClient newClient() {
        String url = redirectedTo == null ? settings.webSocketUrl() : redirectedTo;
        return new WebSocketClient(context, url, settings.identity(), config.headers());
    }

    /** The firmware deletes the old WebSocket object first; its hello bit stays set. */
    private void forgetLeftOpen() {
        if (leftOpen != null) {
            ServerHello late = leftOpen.end();
            lateHello = late == null || !config.profile().keepsLateHello() ? lateHello : late;
            leftOpen = null;
        }
    }

    /** What becomes of one attempt. */
    private final class AttemptEnd implements Attempt.Listener {

        private final CompletableFuture<ConnectOutcome> outcome;

        AttemptEnd(CompletableFuture<ConnectOutcome> outcome) {
            this.outcome = outcome;
        }

        @Override
        public void online(MessageChannel opened, ServerHello hello, ConnectOutcome.Online online) {
            attempt = null;
            pending = null;
            owner.online(opened, hello, online);
            outcome.complete(online);
        }

        @Override
        public void failed(ConnectOutcome.Failed failed, @Nullable MessageChannel left) {
            attempt = null;
            pending = null;
            leftOpen = left == null ? null : new LateHelloWait(left, true);
            owner.refused(failed);
            outcome.complete(failed);
        }

        @Override
        public boolean mayFollow() {
            return redirectsLeft > 0;
        }

        @Override
        public void redirected(String url) {
            redirectsLeft--;
            redirectedTo = url;
            attempt(newClient(), outcome);
        }
    }
}
