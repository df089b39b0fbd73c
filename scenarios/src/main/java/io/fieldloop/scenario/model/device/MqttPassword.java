package io.fieldloop.scenario.model.device;

import io.fieldloop.scenario.shape.annotation.Doc;

/** Which password a device has for its broker. */
public enum MqttPassword {
    @Doc("the signature of client id and user name with the gateway's key")
    VALID,
    @Doc("none, and no user name either")
    NONE,
    @Doc("signed with another key, as an OTA server does that was not given the gateway's")
    OTHER_KEY,
    @Doc("signed for another client id, as before the device was bound")
    OTHER_CLIENT
}
