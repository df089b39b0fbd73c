package io.fieldloop.device.modem.driver;

import io.fieldloop.device.event.FailureReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a modem says of its MQTT client, as the network library's class for that modem understands it. */
sealed interface MqttLine {

    /** Whether an earlier connection is up. */
    record State(boolean connected) implements MqttLine {}

    /** The answer about the socket. */
    record Opened(int error) implements MqttLine {}

    /**
     * Let in, where there is no error; else refused, or out again.
     *
     * @param complaint what the console says of an end; empty where it says nothing
     */
    record Let(int error, FailureReason reason, String complaint) implements MqttLine {}

    /** Out again, by a line of its own for that; {@code stat} in the console's words. */
    record Lost(FailureReason reason, String stat) implements MqttLine {}

    /** What the firmware asked to end has ended. */
    record Disconnected() implements MqttLine {}

    /** A piece of a message of so many bytes. */
    record Piece(String topic, String hex, int wholeBytes) implements MqttLine {}

    /** One that the class does not know. */
    record Unhandled(String word) implements MqttLine {}

    /** Reads the lines of one modem. */
    @FunctionalInterface
    interface Reader {
        /**
         * Null for a line that is about something else.
         *
         * @param sawFault whether something went wrong below the client, which no line tells
         */
        @Nullable
        MqttLine read(String name, AtArguments arguments, boolean sawFault);
    }

    /** What Ec801EMqtt::ErrorToString() calls the numbers of QMTSTAT. */
    List<String> QUECTEL_STATS = List.of(
            "Connected",
            "Server disconnected or reset",
            "Ping timeout or failed",
            "Connect timeout or failed",
            "Receive CONNACK timeout or failed",
            "Client sends DISCONNECT packet, but server actively disconnects MQTT connection",
            "Client actively disconnects MQTT connection because sending data packets always fails",
            "Link does not work or server is unavailable",
            "Client actively disconnects MQTT connection");

    /** Ml307Mqtt's. */
    static @Nullable MqttLine ofMl307(String name, AtArguments arguments, boolean sawFault) {
        int count = arguments.count();
        if (name.equals("MQTTSTATE") && count == 1) {
            return new State(arguments.number(0) != 3);
        }
        if (!name.equals("MQTTURC") || count < 3 || arguments.number(1) != MqttDialect.ID) {
            return null;
        }
        return switch (arguments.text(0)) {
            case "conn" -> ml307Conn(arguments.number(2));
            case "publish" -> count < 7 ? null : new Piece(arguments.text(3), arguments.text(6), arguments.number(4));
            case "suback" -> null;
            default -> new Unhandled(arguments.text(0));
        };
    }

    private static MqttLine ml307Conn(int error) {
        return switch (error) {
            case 2 -> new Let(error, FailureReason.CLOSED_BY_USER, "");
            case 4 -> new Let(error, FailureReason.CLOSED_BY_SERVER, "");
            case 5 -> new Let(error, FailureReason.PONG_TIMEOUT, "Ping timeout");
            case 6 -> new Let(error, FailureReason.CONNECTION_LOST, "Network error");
            default -> new Let(error, FailureReason.CONNECTION_LOST, "");
        };
    }

    /** Ec801EMqtt's. */
    static @Nullable MqttLine ofQuectel(String name, AtArguments arguments, boolean sawFault) {
        int count = arguments.count();
        if (count < 2 || arguments.number(0) != MqttDialect.ID) {
            return null;
        }
        return switch (name) {
            case "QMTRECV" -> count < 4 ? null : new Piece(arguments.text(2), arguments.text(3), 0);
            case "QMTOPEN" -> count == 2 ? new Opened(arguments.number(1)) : null;
            case "QMTCONN" -> count == 3 ? new Let(arguments.number(2), FailureReason.CONNECT_REFUSED, "") : null;
            case "QMTDISC" -> count == 2 && arguments.number(1) == 0 ? new Disconnected() : null;
            case "QMTSTAT" ->
                count == 2 && arguments.number(1) != 0 ? quectelStat(arguments.number(1), sawFault) : null;
            default -> null;
        };
    }

    private static MqttLine quectelStat(int stat, boolean sawFault) {
        FailureReason reason = stat == 2
                ? FailureReason.PONG_TIMEOUT
                : stat == 1 && !sawFault ? FailureReason.CLOSED_BY_SERVER : FailureReason.CONNECTION_LOST;
        return new Lost(reason, MqttDialect.named(QUECTEL_STATS, stat));
    }
}
