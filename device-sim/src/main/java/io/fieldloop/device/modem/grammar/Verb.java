package io.fieldloop.device.modem.grammar;

/** What a command makes a modem do, beyond what it says. */
public enum Verb {
    /** Nothing. */
    NOTHING,
    /** Opens socket {@code id} to {@code host} and {@code port}; the event {@code opened} tells how that went. */
    OPEN,
    /** Tells {@code type}, {@code host}, {@code port} and {@code condition} of socket {@code id}. */
    STATE,
    /** Sends {@code hex} on socket {@code id}; answered when the modem has room for it. */
    SEND,
    /** Prompts for {@code length} bytes and sends them on socket {@code id}. */
    PROMPT_AND_SEND,
    /** Closes socket {@code id}; what is said after the answer's last line is said when it is closed. */
    CLOSE,
    /** Goes to the speed {@code baud} once it has answered. */
    SPEED,
    /** Goes to the speed {@code baud} when it restarts. */
    SPEED_AT_RESTART,
    /** Restarts once it has answered. */
    REBOOT,
    /** Puts whether MQTT client {@code mqtt} is {@code connected} or {@code closed} into {@code mqtt-state}. */
    MQTT_STATE,
    /** Opens MQTT client {@code mqtt} to {@code host} and {@code port}; with {@code client}, {@code user} and {@code password} it says CONNECT, too. */
    MQTT_OPEN,
    /** Says CONNECT as {@code client} with {@code user} and {@code password}. */
    MQTT_CONNECT,
    /** Prompts for {@code length} bytes and publishes them to {@code topic} with {@code qos}. */
    MQTT_PUBLISH,
    /** Subscribes to {@code topic}. */
    MQTT_SUBSCRIBE,
    /** Says DISCONNECT and closes the client's socket. */
    MQTT_CLOSE,
    /** Makes an HTTP client for {@code url}, whose id is {@code http} from then on. */
    HTTP_CREATE,
    /** Gives HTTP client {@code http} a header {@code line}. */
    HTTP_HEADER,
    /** Prompts for {@code length} bytes of the request's body. */
    HTTP_CONTENT,
    /** Sends the request: {@code method} by its number, {@code path}, in hexadecimal where {@code http-hex.ID} is 1. */
    HTTP_REQUEST,
    /** Deletes HTTP client {@code http} with its connection. */
    HTTP_DELETE,
    /** Where its answer is {@code CONNECT}, the line carries PPP from then on. */
    DATA
}
