package io.fieldloop.device;

import io.fieldloop.device.profile.Dialect;

/** What the receive task prints when an established connection is reset; an orderly close prints nothing. */
final class LossLines {

    /** MBEDTLS_ERR_NET_CONN_RESET. */
    private static final String NET_CONN_RESET = "-0x0050";

    private LossLines() {}

    static void log(Board board, boolean tls) {
        Dialect dialect = board.config().profile().dialect();
        if (dialect == Dialect.XIAOZHI_MODEM || dialect == Dialect.RFC_6455) {
            return;
        }
        if (tls) {
            board.log(LogLevel.ERROR, "esp-tls-mbedtls", "read error :" + NET_CONN_RESET);
        }
        if (dialect == Dialect.XIAOZHI_WIFI) {
            board.log(
                    LogLevel.ERROR,
                    tls ? "EspSsl" : "EspTcp",
                    tls ? "SSL receive failed: -80" : "TCP receive failed: -1");
        }
    }

    static String code(boolean tls) {
        return tls ? NET_CONN_RESET : EspTlsLines.hex(Errno.RESET);
    }
}
