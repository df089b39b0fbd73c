package io.fieldloop.device.attempt;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.profile.Dialect;
import io.fieldloop.device.tls.DeviceTlsException;
import org.jspecify.annotations.Nullable;

/** What the receive task prints when an established connection breaks; an orderly close prints nothing. */
public final class LossLines {

    private LossLines() {}

    public static void log(DeviceContext context, @Nullable Throwable cause) {
        Dialect dialect = context.profile().dialect();
        boolean silent = dialect == Dialect.XIAOZHI_MODEM || dialect == Dialect.RFC_6455;
        if (cause == null || silent) {
            return;
        }
        boolean wifi = dialect == Dialect.XIAOZHI_WIFI;
        if (cause instanceof DeviceTlsException tls) {
            context.log(LogLevel.ERROR, "esp-tls-mbedtls", "read error :" + tls.code());
            if (wifi) {
                context.log(LogLevel.ERROR, "EspSsl", "SSL receive failed: " + Integer.decode(tls.code()));
            }
        } else if (wifi) {
            context.log(LogLevel.ERROR, "EspTcp", "TCP receive failed: -1");
        } else {
            context.log(LogLevel.ERROR, "transport_base", "tcp_read error, errno=Connection reset by peer");
        }
    }

    /** The mbedTLS code, or the errno of a reset. */
    public static String code(Throwable cause) {
        return cause instanceof DeviceTlsException tls ? tls.code() : EspTlsLines.hex(Errno.RESET);
    }
}
