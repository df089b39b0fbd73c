package io.fieldloop.device.mqtt;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.LogLevel;

/** What the firmware shows its user when MQTT fails (SetError(), main/assets/locales/en-US/language.json). */
final class MqttAlerts {

    static final String SERVER_NOT_FOUND = "Looking for available service";
    static final String SERVER_NOT_CONNECTED = "Unable to connect to service, please try again later";
    static final String SERVER_TIMEOUT = "Waiting for response timeout";
    static final String SERVER_ERROR = "Sending failed, please check the network";

    private MqttAlerts() {}

    static void show(DeviceContext context, String message) {
        context.log(LogLevel.WARN, "Application", "Alert [circle_xmark] Error: " + message);
    }
}
