package io.fieldloop.device.modem.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.modem.driver.AtRequest.AtResult;
import io.fieldloop.device.mqtt.NetworkError;
import io.fieldloop.device.ota.HttpExchange;
import io.fieldloop.device.ota.HttpUrl;
import io.fieldloop.device.ota.HttpWait;
import io.fieldloop.device.ota.OtaRequest;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Ml307Http of 78/esp-ml307 (src/ml307/ml307_http.cc, 3.6.4): a request that the HTTP client inside an ML307 makes.
 *
 * <p>Open only hands the request over: that nobody was reached is an error of the status.
 */
final class AtHttp implements HttpExchange, AtUart.Listener {

    static final String TAG = "Ml307Http";
    private static final Duration COMMAND = Duration.ofSeconds(1);
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final List<String> METHODS = List.of("UNKNOWN", "GET", "POST", "PUT", "DELETE", "HEAD");

    /** ErrorCodeToString(), by number. */
    private static final List<String> ERRORS = List.of(
            "",
            "Domain name resolution failed",
            "Connection to server failed",
            "Connection to server timeout",
            "SSL handshake failed",
            "Connection abnormal disconnection",
            "Request response timeout",
            "Data reception parsing failed",
            "Cache space insufficient",
            "Data packet loss",
            "File write failed");

    private final DeviceContext context;
    private final AtUart uart;
    private final HttpWait wait;
    private final AtHttpAnswer answer;
    private int id = -1;
    private int error = -1;
    private boolean active;
    private boolean failed;
    private @Nullable FailureReason failure;
    private NetworkError named = NetworkError.TIMEOUT;

    AtHttp(DeviceContext context, AtUart uart) {
        this.context = context;
        this.uart = uart;
        this.wait = new HttpWait(context);
        this.answer = new AtHttpAnswer(context);
    }

    @Override
    public void open(OtaRequest request, IntConsumer result) {
        HttpUrl url = request.url();
        if (url.problem() != null) {
            notOpened("Invalid URL format", FailureReason.INVALID_URL, NetworkError.INVALID_ARGUMENT, result);
            return;
        }
        uart.listen(this);
        String server = url.scheme() + "://" + url.authority();
        must(
                "AT+MHTTPCREATE=\"" + server + "\"",
                "Failed to create HTTP connection",
                result,
                () -> wait.until(
                        () -> active,
                        () -> created(request, result),
                        () -> notOpened(
                                "Timeout waiting for HTTP connection to be created",
                                FailureReason.MODEM_REFUSED,
                                NetworkError.TIMEOUT,
                                result)));
    }

    private void created(OtaRequest request, IntConsumer result) {
        HttpUrl url = request.url();
        info("HTTP connection created, ID: " + id + ", protocol: " + url.scheme() + ", host: " + url.authority());
        if (url.secured()) {
            ask("AT+MHTTPCFG=\"ssl\"," + id + ",1,0");
        }
        ask("AT+MHTTPCFG=\"encoding\"," + id + ",0,0");
        Iterator<Map.Entry<String, String>> sorted =
                new TreeMap<>(request.headers()).entrySet().iterator();
        while (sorted.hasNext()) {
            Map.Entry<String, String> header = sorted.next();
            String line = AtRequest.onTheLine(header.getKey() + ": " + header.getValue());
            ask("AT+MHTTPHEADER=" + id + "," + (sorted.hasNext() ? 1 : 0) + "," + line.length() + ",\"" + line + "\"");
        }
        if (request.body() != null) {
            String content = AtRequest.onTheLine(request.body());
            uart.send(new AtRequest("AT+MHTTPCONTENT=" + id + ",0," + content.length(), COMMAND, content, sent -> {}));
        }
        ask("AT+MHTTPCFG=\"encoding\"," + id + ",1,1");
        String path = HEX.formatHex(url.path().getBytes(UTF_8));
        must(
                "AT+MHTTPREQUEST=" + id + "," + METHODS.indexOf(request.method()) + ",0," + path,
                "Failed to send HTTP request",
                result,
                () -> result.accept(OPENED));
    }

    private void ask(String command) {
        uart.send(new AtRequest(command, COMMAND, null, result -> {}));
    }

    private void must(String command, String complaint, IntConsumer result, Runnable then) {
        uart.send(new AtRequest(command, COMMAND, null, answered -> {
            if (wait.isOver()) {
                return;
            }
            if (answered == AtResult.OK) {
                then.run();
            } else {
                NetworkError told =
                        answered == AtResult.SILENCE ? NetworkError.TIMEOUT : NetworkError.ofCommand(uart.cmeError());
                notOpened(complaint, FailureReason.MODEM_REFUSED, told, result);
            }
        }));
    }

    private void notOpened(String complaint, FailureReason reason, NetworkError told, IntConsumer result) {
        log(complaint);
        failure = reason;
        named = told;
        close();
        result.accept(error);
    }

    @Override
    public @Nullable FailureReason failure() {
        return failure;
    }

    @Override
    public String namedError() {
        return named.toString();
    }

    @Override
    public void status(IntConsumer told) {
        wait.until(() -> answer.status() >= 0 || failed, () -> told.accept(headed()), () -> {
            log("Timeout waiting for HTTP headers to be received");
            told.accept(-1);
        });
    }

    private int headed() {
        if (failed) {
            named = NetworkError.ofMl307Http(error);
            log("HTTP request error: " + textOf(error));
            return -1;
        }
        info("HTTP request successful, status code: " + answer.status());
        return answer.status();
    }

    @Override
    public long bodyLength() {
        return answer.length();
    }

    @Override
    public void readAll(Consumer<String> whole) {
        wait.until(answer::isWhole, () -> whole.accept(answer.body().toString(UTF_8)), () -> {
            log("Timeout waiting for HTTP content to be received");
            whole.accept(answer.body().toString(UTF_8));
        });
    }

    @Override
    public void read(Consumer<@Nullable ByteBuf> part) {
        wait.until(
                () -> answer.body().isReadable() || answer.isWhole(),
                () -> part.accept(active ? answer.body() : null),
                () -> {
                    log("Timeout waiting for HTTP content to be received, body_offset: " + answer.offset()
                            + ", eof: 0");
                    part.accept(null);
                });
    }

    @Override
    public void close() {
        delete();
        wait.end();
        uart.forget(this);
    }

    private void delete() {
        if (active) {
            active = false;
            answer.end();
            ask("AT+MHTTPDEL=" + id);
            info("HTTP connection closed, ID: " + id);
        }
    }

    @Override
    public void heard(String name, AtArguments arguments) {
        int count = arguments.count();
        if (name.equals("MHTTPCREATE") && count > 0) {
            id = arguments.number(0);
            active = true;
        } else if (name.equals(AtUart.OVERFLOW)) {
            failed = true;
            delete();
        } else if (name.equals("MHTTPURC") && count >= 3 && arguments.number(1) == id) {
            unsolicited(arguments);
        }
        wait.look();
    }

    private void unsolicited(AtArguments arguments) {
        String type = arguments.text(0);
        switch (type) {
            case "header" -> answer.head(arguments);
            case "content" -> {
                if (!answer.content(arguments)) {
                    delete();
                }
            }
            case "err" -> {
                error = arguments.number(2);
                failed = true;
            }
            case "ind" -> {}
            default -> log("Unknown HTTP event: " + type);
        }
    }

    private static String textOf(int error) {
        return error == 255
                ? "Unknown error"
                : error > 0 && error < ERRORS.size() ? ERRORS.get(error) : "Undefined error";
    }

    private void log(String line) {
        context.log(LogLevel.ERROR, TAG, line);
    }

    private void info(String line) {
        context.log(LogLevel.INFO, TAG, line);
    }
}
