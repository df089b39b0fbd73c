package io.fieldloop.scenario.model.device;

import io.fieldloop.scenario.shape.annotation.Doc;

/** What a device has to show to a gateway that asks for a certificate. */
public enum DeviceCertificate {
    @Doc("nothing")
    NONE,
    @Doc("a certificate for clients, of the run's authority")
    VALID,
    @Doc("one for servers alone, such as public authorities have issued since they stopped putting in clientAuth")
    WITHOUT_CLIENT_AUTH,
    @Doc("one for clients that ended yesterday")
    EXPIRED,
    @Doc("one for clients that begins tomorrow")
    NOT_YET_VALID,
    @Doc("one of an authority the gateway was not given")
    FOREIGN_CA,
    @Doc("one that signed itself")
    SELF_SIGNED,
    @Doc("one of the run's authority, shown without the intermediate that leads there")
    MISSING_INTERMEDIATE;
}
