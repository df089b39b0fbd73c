package io.fieldloop.device.mqtt;

import io.fieldloop.device.attempt.AttemptFault;
import io.fieldloop.device.attempt.FailureReport;
import io.fieldloop.device.attempt.FailureReporter;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.Dialect;
import java.util.Objects;

/** Puts the fault of a connection to a broker into the words of espressif/esp-mqtt. */
final class MqttFailures {

    private MqttFailures() {}

    /** Adds the lines and the code; returns the error the firmware's own class gets. */
    static NetworkError add(Dialect dialect, FailureReport.Builder report, AttemptFault fault) {
        boolean xiaozhi = dialect == Dialect.XIAOZHI_WIFI;
        return fault.phase() == Phase.MQTT ? refused(xiaozhi, report, fault) : unconnected(xiaozhi, report, fault);
    }

    private static NetworkError unconnected(boolean xiaozhi, FailureReport.Builder report, AttemptFault fault) {
        int error = FailureReporter.addConnect(Dialect.ESP_IDF, report, fault);
        report.error(MqttLines.CLIENT, "Error transport connect");
        occurred(xiaozhi, report, MqttLines.name(error));
        return NetworkError.ofEspTls(error);
    }

    private static NetworkError refused(boolean xiaozhi, FailureReport.Builder report, AttemptFault fault) {
        int status = Objects.requireNonNullElse(fault.status(), 0);
        NetworkError error;
        report.code(Objects.requireNonNullElse(fault.lossCode(), "0"));
        switch (fault.reason()) {
            case CONNECT_REFUSED -> {
                report.line(LogLevel.WARN, MqttLines.CLIENT, "Connection refused, " + refusal(status))
                        .telling();
                occurred(xiaozhi, report, "ESP_OK");
                error = NetworkError.authRejected(0);
            }
            case CONNACK_TIMEOUT -> {
                report.error(MqttLines.CLIENT, "esp_mqtt_connect: mqtt_message_receive() returned 0")
                        .telling();
                error = NetworkError.TIMEOUT;
            }
            default -> {
                report.error(MqttLines.CLIENT, "esp_mqtt_connect: mqtt_message_receive() returned -2")
                        .telling();
                error = NetworkError.serverDisconnected(0);
            }
        }
        report.error(MqttLines.CLIENT, "MQTT connect failed");
        return error;
    }

    private static String refusal(int returnCode) {
        return switch (returnCode) {
            case 1 -> "bad protocol";
            case 3 -> "server unavailable";
            case 4 -> "bad username or password";
            case 5 -> "not authorized";
            default -> "Unknown reason";
        };
    }

    private static void occurred(boolean xiaozhi, FailureReport.Builder report, String error) {
        if (xiaozhi) {
            report.line(LogLevel.INFO, MqttLines.ESP_MQTT, "MQTT error occurred: " + error);
        }
    }
}
