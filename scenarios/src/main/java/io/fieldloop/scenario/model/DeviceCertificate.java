package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Doc;

/** What a device has to show to a gateway that asks for a certificate. */
public enum DeviceCertificate {
    @Doc("nothing")
    NONE,
    @Doc("a certificate for clients, of the run's authority")
    VALID,
    @Doc("one for servers alone, such as public authorities have issued since they stopped putting in clientAuth")
    WITHOUT_CLIENT_AUTH;
}
