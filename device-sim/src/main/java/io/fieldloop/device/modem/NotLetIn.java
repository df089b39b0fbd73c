package io.fieldloop.device.modem;

import java.io.IOException;

/** The MQTT client inside a modem had its CONNECT refused. */
public final class NotLetIn extends IOException {

    private static final long serialVersionUID = 1;

    private final int returnCode;

    NotLetIn(int returnCode) {
        super("The broker refused the modem's CONNECT with return code " + returnCode + ".");
        this.returnCode = returnCode;
    }

    /** The return code of the CONNACK, which the modem may not tell. */
    public int returnCode() {
        return returnCode;
    }
}
