package io.fieldloop.device.ota;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.ActivationOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.LogLevel;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ten times at most asks whether the device is bound by now; whatever came of it, the check follows again.
 *
 * <p>A code without a challenge fails without a request, ten times 10 s, for ever.
 */
final class ActivationLoop {
    private static final String APPLICATION = "Application";
    private static final String TAG = "Ota";
    private static final int TRIES = 10;
    private static final int STATUS_OK = 200;
    private static final int STATUS_PENDING = 202;
    private static final Duration PENDING_PAUSE = Duration.ofSeconds(3);
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(10);

    private final DeviceContext context;
    private final Waits waits;
    private final Supplier<HttpExchange> exchanges;
    private final ActivationRequest request;
    private final Runnable checkAgain;
    private int tries;

    /** What is sent, and where. */
    interface ActivationRequest {
        void open(HttpExchange exchange, IntConsumer opened);
    }

    ActivationLoop(
            DeviceContext context,
            Waits waits,
            Supplier<HttpExchange> exchanges,
            ActivationRequest request,
            Runnable checkAgain) {
        this.context = context;
        this.waits = waits;
        this.exchanges = exchanges;
        this.request = request;
        this.checkAgain = checkAgain;
    }

    void begin(boolean hasChallenge) {
        tries++;
        context.log(LogLevel.INFO, APPLICATION, "Activating... " + tries + "/" + TRIES);
        if (!hasChallenge) {
            context.log(LogLevel.WARN, TAG, "No activation challenge found");
            ended(ActivationOutcome.NO_CHALLENGE, null, false);
            return;
        }
        HttpExchange exchange = exchanges.get();
        request.open(exchange, code -> {
            if (code == HttpExchange.OPENED) {
                exchange.status(status -> answered(exchange, status));
            } else {
                context.log(LogLevel.ERROR, TAG, "Failed to open HTTP connection");
                ended(ActivationOutcome.REFUSED, null, true);
            }
        });
    }

    private void answered(HttpExchange exchange, int status) {
        if (status == STATUS_OK) {
            exchange.close();
            context.log(LogLevel.INFO, TAG, "Activation successful");
            ended(ActivationOutcome.ACTIVATED, status, true);
        } else if (status == STATUS_PENDING) {
            exchange.close();
            ended(ActivationOutcome.PENDING, status, true);
        } else {
            exchange.readAll(body -> {
                exchange.close();
                context.log(LogLevel.ERROR, TAG, "Failed to activate, code: " + status + ", body: " + body.strip());
                ended(ActivationOutcome.REFUSED, status, true);
            });
        }
    }

    private void ended(ActivationOutcome outcome, @Nullable Integer status, boolean hasChallenge) {
        context.emit(new DeviceEvent.ActivationTried(tries, outcome, status));
        if (outcome == ActivationOutcome.ACTIVATED) {
            checkAgain.run();
            return;
        }
        waits.after(outcome == ActivationOutcome.PENDING ? PENDING_PAUSE : REFUSED_PAUSE, () -> {
            if (context.state() == DeviceState.IDLE || tries >= TRIES) {
                checkAgain.run();
            } else {
                begin(hasChallenge);
            }
        });
    }
}
