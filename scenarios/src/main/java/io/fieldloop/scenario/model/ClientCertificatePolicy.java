package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.Doc;

/** Whether the gateway asks devices for a certificate of their own. */
public enum ClientCertificatePolicy {
    @Doc("not asked for")
    NONE,
    @Doc("refused without one, which every device here is; whose a certificate is, is not looked at")
    REQUIRED;
}
