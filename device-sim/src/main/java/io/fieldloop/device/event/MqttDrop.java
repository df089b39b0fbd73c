package io.fieldloop.device.event;

/** Why a device gave up a message it was to publish. */
public enum MqttDrop {
    /** It may come or not (QoS 0), and there was no connection. */
    NOT_CONNECTED,
    /** It waited for 30 s, sent or not. */
    EXPIRED
}
