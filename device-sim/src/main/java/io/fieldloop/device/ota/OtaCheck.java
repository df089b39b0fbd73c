package io.fieldloop.device.ota;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.OtaFailure;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One check, from its URL to the answer's JSON (xiaozhi-esp32, main/ota.cc, CheckVersion). */
final class OtaCheck {
    static final int INVALID_ARGUMENT = 0x102;
    static final int INVALID_RESPONSE = 0x108;

    private static final String TAG = "Ota";
    private static final int URL_LENGTH_MIN = 10;
    private static final int STATUS_OK = 200;

    /**
     * What came of it.
     *
     * @param code 0 where the firmware takes it for success, an answer or not
     */
    record Result(int code, @Nullable CheckAnswer answer) {}

    private final DeviceContext context;
    private final HttpExchange exchange;
    private final boolean namedErrors;
    private final long beganNanos;
    private final Consumer<Result> done;

    /** @param namedErrors whether its network library is 3.7 or later, where no failure has the number 0 */
    OtaCheck(DeviceContext context, HttpExchange exchange, boolean namedErrors, Consumer<Result> done) {
        this.context = context;
        this.exchange = exchange;
        this.namedErrors = namedErrors;
        this.beganNanos = context.nanoTime();
        this.done = done;
    }

    void begin(String url, Function<HttpUrl, OtaRequest> request) {
        if (url.length() < URL_LENGTH_MIN) {
            error("Check version URL is not properly set");
            fail(OtaFailure.URL_UNUSABLE, INVALID_ARGUMENT);
            return;
        }
        exchange.open(request.apply(HttpUrl.parse(url)), this::opened);
    }

    private void opened(int code) {
        if (code == HttpExchange.OPENED) {
            exchange.status(this::status);
            return;
        }
        FailureReason reason = exchange.failure();
        if (namedErrors) {
            error("Failed to open HTTP connection: " + exchange.namedError());
        } else {
            error("Failed to open HTTP connection, code=0x" + Integer.toHexString(code));
        }
        OtaFailure why = reason == FailureReason.INVALID_URL
                ? OtaFailure.URL_UNUSABLE
                : reason == FailureReason.CONNECTION_LOST ? OtaFailure.NOT_SENT : OtaFailure.NOT_CONNECTED;
        fail(why, namedErrors && code == 0 ? -1 : code);
    }

    private void status(int status) {
        if (status == STATUS_OK) {
            exchange.readAll(this::body);
            return;
        }
        if (status < 0 && namedErrors) {
            error("Failed to read HTTP status: " + exchange.namedError());
        } else {
            error("Failed to check version, status code: " + status);
        }
        fail(status < 0 ? OtaFailure.NO_STATUS : OtaFailure.STATUS, status);
    }

    private void body(String body) {
        exchange.close();
        CheckAnswer answer = CheckAnswer.parse(body);
        if (answer == null) {
            error("Failed to parse JSON response");
            fail(OtaFailure.NOT_JSON, INVALID_RESPONSE);
        } else {
            done.accept(new Result(0, answer));
        }
    }

    private void fail(OtaFailure why, int code) {
        exchange.close();
        context.emit(new DeviceEvent.OtaCheckFailed(why, code, context.since(beganNanos)));
        done.accept(new Result(code, null));
    }

    private void error(String message) {
        context.log(LogLevel.ERROR, TAG, message);
    }
}
