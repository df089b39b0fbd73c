package io.fieldloop.device.modem.driver;

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
 * How an MQTT object of the library has the modem's client connect: command by command, each told apart by what its dialect says of it.
 *
 * <p>Of a client that a Quectel modem goes on calling occupied it ends the earlier connection and begins again, without an end.
 */
final class AtMqttOpening implements SocketWitness {

    static final Duration COMMAND = Duration.ofSeconds(1);

    /** The number in QMTOPEN's answer of a client that is in use. */
    private static final int OCCUPIED = 2;

    private final DeviceContext context;
    private final AtUart uart;
    private final MqttDialect dialect;
    private final MqttSettings settings;
    private final Supplier<@Nullable Throwable> seen;
    private final BrokerLink.Owner owner;
    private final EventWait events;
    private Endpoint place = new Endpoint("", 0, false);
    private Phase phase = Phase.TCP;
    private long startedNanos;
    private boolean over;
    private boolean stated;
    private boolean inUse;
    private boolean openAnswered;
    private boolean up;
    private boolean down;
    private int error;

    /** @param seen what went wrong in the modem's client, which no line tells */
    AtMqttOpening(
            DeviceContext context,
            AtUart uart,
            MqttDialect dialect,
            MqttSettings settings,
            Supplier<@Nullable Throwable> seen,
            BrokerLink.Owner owner) {
        this.context = context;
        this.uart = uart;
        this.dialect = dialect;
        this.settings = settings;
        this.seen = seen;
        this.owner = owner;
        this.events = new EventWait(context);
    }

    Phase phase() {
        return phase;
    }

    Duration elapsed() {
        return context.since(startedNanos);
    }

    /** The latest number of an answer. */
    int error() {
        return error;
    }

    void end() {
        over = true;
        events.stop();
    }

    boolean isOver() {
        return over;
    }

    void begin() {
        startedNanos = context.nanoTime();
        Endpoint leads = settings.place();
        if (leads == null) {
            failed(MqttRefusal.of(FailureReason.INVALID_URL, Phase.DNS), "", NetworkError.TIMEOUT);
            return;
        }
        place = leads;
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

    /** Remembers what the modem said; {@link #look} goes on with it. */
    void heard(@Nullable MqttLine line) {
        if (line instanceof MqttLine.State state) {
            inUse = state.connected();
            stated = true;
        } else if (line instanceof MqttLine.Opened opened) {
            error = opened.error();
            openAnswered = true;
        } else if (line instanceof MqttLine.Let let) {
            error = let.error();
            up |= error == 0;
            down |= error != 0;
        } else if (line instanceof MqttLine.Lost || line instanceof MqttLine.Disconnected) {
            down = true;
        }
    }

    /** Whoever heard the line has done what it has to. */
    void look() {
        events.look();
    }

    private void stateKnown() {
        if (inUse) {
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
        owner.failed(refusal.outcome(told.number(), line, elapsed()), told);
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
            context.emit(new DeviceEvent.TcpConnected(elapsed()));
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
}
