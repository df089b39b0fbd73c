package io.fieldloop.device.modem.driver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldloop.device.attempt.SocketWitness;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.modem.driver.AtRequest.AtResult;
import io.fieldloop.device.mqtt.BrokerLink;
import io.fieldloop.device.mqtt.MqttSettings;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ml307Mqtt and Ec801EMqtt of 78/esp-ml307: the MQTT object whose client is inside the modem.
 *
 * <p>Deleted, it says nothing: the modem's client stays connected, also when the firmware restarts, and the next object has to end that
 * first.
 */
final class AtMqtt implements BrokerLink, AtUart.Listener {

    private static final String ENDED = "MQTT error occurred: ";

    private final DeviceContext context;
    private final AtUart uart;
    private final MqttDialect dialect;
    private final Supplier<@Nullable Throwable> seen;
    private final Owner owner;
    private final AtMqttOpening opening;
    private final StringBuilder pieces = new StringBuilder();
    private boolean connected;

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
        this.seen = seen;
        this.owner = owner;
        this.opening = new AtMqttOpening(context, uart, dialect, settings, seen, owner);
    }

    /** Who is told how far the modem's client has come. */
    SocketWitness witness() {
        return opening;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public Phase phase() {
        return opening.phase();
    }

    @Override
    public void connect() {
        uart.listen(this);
        opening.begin();
    }

    @Override
    public void end(boolean politely) {
        opening.end();
        uart.forget(this);
    }

    @Override
    public void publish(String topic, String text, Runnable failed) {
        String bytes = AtRequest.onTheLine(text);
        String command = dialect.publishCommand()
                .replace("{length}", Integer.toString(bytes.length()))
                .replace("{topic}", AtRequest.onTheLine(topic));
        uart.send(new AtRequest(command, AtMqttOpening.COMMAND, bytes, result -> {
            if (result != AtResult.OK && !opening.isOver()) {
                failed.run();
            }
        }));
    }

    @Override
    public void heard(String name, AtArguments arguments) {
        MqttLine line = dialect.lines().read(name, arguments, seen.get() != null);
        opening.heard(line);
        if (line instanceof MqttLine.State state) {
            connected = state.connected();
        } else if (line instanceof MqttLine.Let let) {
            letInOrOut(let);
        } else if (line instanceof MqttLine.Lost lost) {
            context.log(LogLevel.ERROR, dialect.tag(), ENDED + lost.stat());
            notLetIn(lost.reason());
        } else if (line instanceof MqttLine.Piece piece) {
            piece(piece);
        } else if (line instanceof MqttLine.Unhandled unhandled) {
            context.log(LogLevel.INFO, dialect.tag(), "unhandled MQTT event: " + unhandled.word());
        }
        opening.look();
    }

    private void letInOrOut(MqttLine.Let let) {
        if (let.error() == 0) {
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
        if (!connected) {
            connected = true;
            Duration elapsed = opening.elapsed();
            context.emit(new DeviceEvent.MqttConnected(elapsed, false));
            owner.connected(elapsed);
        }
    }

    private void notLetIn(FailureReason reason) {
        if (connected) {
            connected = false;
            String code = Integer.toString(opening.error());
            context.emit(new DeviceEvent.MqttDisconnected(reason, code));
            owner.disconnected(reason, code);
        }
    }
}
