package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.shape.annotation.Doc;

/** Whether the gateway judges MQTT credentials. */
public enum CredentialPolicy {
    @Doc("any are taken")
    ANY,
    @Doc("the password must be the signature of client id and user name")
    SIGNED
}
