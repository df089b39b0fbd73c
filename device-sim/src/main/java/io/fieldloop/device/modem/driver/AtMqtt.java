package io.fieldloop.device.modem.driver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldloop.device.attempt.Endpoint;
import io.fieldloop.device.attempt.SocketWitness;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.modem.driver.AtRequest.AtResult;
import io.fieldloop.device.mqtt.BrokerLink;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.device.mqtt.NetworkError;
import io.fieldloop.device.profile.NetworkLibrary;
import io.fieldloop.device.tls.TlsEstablished;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ml307Mqtt and Ec801EMqtt of 78/esp-ml307: the MQTT object whose client is inside the modem.
 *
 * <p>Deleted, it says nothing: the modem's client stays connected, also when the firmware restarts, and the next object has to end that
 * first. Of a client that a Quectel modem goes on calling occupied it does so without an end, one call deeper each time.
 */
final class AtMqtt implements BrokerLink, AtUart.Listener, SocketWitness {

    private static final Duration COMMAND = Duration.ofSeconds(1);

    private static final String ENDED = "MQTT error occurred: ";

    /** The number in QMTOPEN's answer of a client that is in use. */
    private static final int OCCUPIED = 2;

    private final DeviceContext context;
    private final AtUart uart;
    private final MqttDialect dialect;
    private final MqttSettings settings;
    private final Supplier<@Nullable Throwable> seen;
    private final Owner owner;
    private final EventWait events;
    private Endpoint place = new Endpoint("", 0, false);
    private final StringBuilder pieces = new StringBuilder();
    private Phase phase = Phase.TCP;
    private long startedNanos;
    private boolean over;
    private boolean stated;
    private boolean connected;
    private boolean openAnswered;
    private boolean up;
    private boolean down;
    private int error;

    /** @param seen what went wrong in the modem's client, which no line tells */
    AtMqtt(
            DeviceContext context,
            AtUart uart,
            MqttDialect dialect,
            MqttSettings settings,
            Supplier<@Nullable Throwable> seen,
            Owner owner) {
        this.context = context;
        this.uart = uart;
        this.dialect = dialect;
        this.settings = settings;
        this.seen = seen;
        this.owner = owner;
        this.events = new EventWait(context);
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public void end(boolean politely) {
        over = true;
        events.stop();
        uart.forget(this);
    }

    @Override
    public void publish(String topic, String text, Runnable failed) {
        String bytes = AtRequest.onTheLine(text);
        String command = dialect.publishCommand()
                .replace("{length}", Integer.toString(bytes.length()))
                .replace("{topic}", AtRequest.onTheLine(topic));
        uart.send(new AtRequest(command, COMMAND, bytes, result -> {
            if (result != AtResult.OK && !over) {
                failed.run();
            }
        }));
    }

    @Override
    public void connect() {
        startedNanos = context.nanoTime();
        Endpoint leads = settings.place();
        if (leads == null) {
            failed(MqttRefusal.of(FailureReason.INVALID_URL, Phase.DNS), "", NetworkError.TIMEOUT);
            return;
        }
        place = leads;
        uart.listen(this);
        if (dialect.stateCommand().isEmpty()) {
            setUp();
        } else {
            ask(dialect.stateCommand(), result -> {});
            events.await(() -> stated, this::stateKnown, () -> {
                log("Failed to initialize MQTT connection");
                setUp();
            });
        }
    }

    private void stateKnown() {
        if (connected) {
            endEarlier(this::setUp);
        } else {
            setUp();
        }
    }

    /** A client that an earlier object left connected. */
    private void endEarlier(Runnable then) {
        down = false;
        ask(dialect.disconnectCommand(), result -> {});
        events.await(() -> down, then, () -> {
            String line = log("Failed to disconnect from previous connection");
            failed(MqttRefusal.of(FailureReason.MODEM_REFUSED, phase), line, timedOut());
        });
    }

    private void setUp() {
        List<MqttDialect.Step> first = place.tls() ? dialect.tlsSetUp() : List.of();
        setUp(Stream.concat(first.stream(), dialect.setUp().stream()).iterator());
    }

    private void setUp(Iterator<MqttDialect.Step> steps) {
        if (steps.hasNext()) {
            MqttDialect.Step step = steps.next();
            must(step.command(), step.failed(), () -> setUp(steps));
        } else if (dialect.openCommand().isEmpty()) {
            let();
        } else {
            openAnswered = false;
            must(
                    dialect.openCommand(),
                    "Failed to open MQTT connection",
                    () -> events.await(() -> openAnswered, this::openAnswered, this::silent));
        }
    }

    private void openAnswered() {
        if (error == 0) {
            let();
            return;
        }
        String line = log("Failed to open MQTT connection: " + MqttDialect.named(dialect.openFailures(), error));
        if (error == OCCUPIED) {
            endEarlier(this::setUp);
        } else {
            failed(MqttRefusal.seen(seen.get(), place), line, NetworkError.ofQuectelOpen(error));
        }
    }

    private void let() {
        up = false;
        down = false;
        must(
                dialect.connectCommand(),
                dialect.connectFailed(),
                () -> events.await(() -> up || down, this::connectAnswered, this::silent));
    }

    private void connectAnswered() {
        if (up) {
            return; // which was told when the line was heard
        }
        String why = dialect.refusals().isEmpty() ? "" : ": " + MqttDialect.named(dialect.refusals(), error);
        String line = log("Failed to connect to MQTT broker" + why);
        failed(MqttRefusal.seen(seen.get(), place), line, dialect.refusal().apply(error));
    }

    private void silent() {
        String line = log(namesErrors() ? dialect.silentNamed() : dialect.silent());
        failed(MqttRefusal.of(phase.timeout(), phase), line, timedOut());
    }

    private NetworkError timedOut() {
        return namesErrors() ? NetworkError.TIMEOUT : new NetworkError("", "", error);
    }

    private void failed(MqttRefusal refusal, String line, NetworkError told) {
        context.emit(new DeviceEvent.MqttRefused(
                refusal.reason(), Integer.toString(told.number()), refusal.phase(), refusal.status()));
        owner.failed(refusal.outcome(told.number(), line, context.since(startedNanos)), told);
    }

    /** Goes on only where the command succeeds, or where nobody looks. */
    private void must(String command, String complaint, Runnable then) {
        ask(command, result -> {
            if (result == AtResult.OK || complaint.isEmpty()) {
                then.run();
            } else {
                int cme = uart.cmeError();
                String line = log(complaint + (namesErrors() ? ": " + result.text(cme) : ""));
                NetworkError told = !namesErrors()
                        ? new NetworkError("", "", error)
                        : result == AtResult.SILENCE ? NetworkError.TIMEOUT : NetworkError.ofCommand(cme);
                failed(MqttRefusal.of(FailureReason.MODEM_REFUSED, phase), line, told);
            }
        });
    }

    private void ask(String command, Consumer<AtResult> done) {
        String filled = command.replace("{host}", place.host())
                .replace("{port}", Integer.toString(place.port()))
                .replace("{keepalive}", Integer.toString(settings.keepAliveSeconds()))
                .replace("{client}", settings.clientId())
                .replace("{user}", settings.username())
                .replace("{password}", settings.password());
        uart.send(new AtRequest(AtRequest.onTheLine(filled), COMMAND, null, result -> {
            if (!over) {
                done.accept(result);
            }
        }));
    }

    private boolean namesErrors() {
        return context.profile().mqtt().library() == NetworkLibrary.FROM_3_7;
    }

    private String log(String line) {
        context.log(LogLevel.ERROR, dialect.tag(), line);
        return line;
    }

    @Override
    public void tcpConnected() {
        if (!over) {
            context.emit(new DeviceEvent.TcpConnected(context.since(startedNanos)));
            phase = place.tls() ? Phase.TLS : Phase.MQTT;
        }
    }

    @Override
    public void tlsEstablished(TlsEstablished tls) {
        if (!over) {
            context.emit(new DeviceEvent.TlsEstablished(tls.version(), tls.suite(), tls.resumed(), tls.elapsed()));
            phase = Phase.MQTT;
        }
    }

    @Override
    public void heard(String name, AtArguments arguments) {
        MqttLine line = dialect.lines().read(name, arguments, seen.get() != null);
        if (line instanceof MqttLine.State state) {
            connected = state.connected();
            stated = true;
        } else if (line instanceof MqttLine.Opened opened) {
            error = opened.error();
            openAnswered = true;
        } else if (line instanceof MqttLine.Let let) {
            letInOrOut(let);
        } else if (line instanceof MqttLine.Lost lost) {
            log(ENDED + lost.stat());
            notLetIn(lost.reason());
        } else if (line instanceof MqttLine.Disconnected) {
            down = true;
        } else if (line instanceof MqttLine.Piece piece) {
            piece(piece);
        } else if (line instanceof MqttLine.Unhandled unhandled) {
            context.log(LogLevel.INFO, dialect.tag(), "unhandled MQTT event: " + unhandled.word());
        }
        events.look();
    }

    private void letInOrOut(MqttLine.Let let) {
        error = let.error();
        if (error == 0) {
            letIn();
            return;
        }
        notLetIn(let.reason());
        if (!let.complaint().isEmpty()) {
            context.log(LogLevel.WARN, dialect.tag(), ENDED + "Disconnected: " + let.complaint());
        }
    }

    private void piece(MqttLine.Piece piece) {
        pieces.append(new String(AtSocket.bytesOf(piece.hex()), ISO_8859_1));
        if (pieces.length() >= piece.wholeBytes()) {
            owner.message(piece.topic(), new String(pieces.toString().getBytes(ISO_8859_1), UTF_8));
            pieces.setLength(0);
        }
    }

    private void letIn() {
        up = true;
        if (!connected) {
            connected = true;
            Duration elapsed = context.since(startedNanos);
            context.emit(new DeviceEvent.MqttConnected(elapsed, false));
            owner.connected(elapsed);
        }
    }

    private void notLetIn(FailureReason reason) {
        down = true;
        if (connected) {
            connected = false;
            String code = Integer.toString(error);
            context.emit(new DeviceEvent.MqttDisconnected(reason, code));
            owner.disconnected(reason, code);
        }
    }
}
