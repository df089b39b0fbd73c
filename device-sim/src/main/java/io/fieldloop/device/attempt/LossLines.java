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
            context.log(LogLevel.ERROR, "transport_base", "tcp_read error, errno=" + Errno.textOfRead(cause));
        }
    }

    /** What a write prints that waited for too long; errno 113 is lwIP's ECONNABORTED. */
    public static void logStalled(DeviceContext context, boolean tls) {
        switch (context.profile().dialect()) {
            case XIAOZHI_WIFI -> {
                if (tls) {
                    context.log(LogLevel.ERROR, "esp-tls-mbedtls", "write error :-0x004E");
                }
                context.log(
                        LogLevel.ERROR,
                        tls ? "EspSsl" : "EspTcp",
                        (tls ? "SSL send failed: ret=-78" : "Send failed: ret=-1") + ", errno=113");
            }
            case XIAOZHI_MODEM -> context.log(LogLevel.ERROR, "Ml307Tcp", "Failed to send data chunk");
            case ESP_IDF -> {
                context.log(LogLevel.ERROR, "transport_ws", "Error transport_poll_write(0)");
                context.log(
                        LogLevel.ERROR,
                        "websocket_client",
                        "esp_transport_write() returned 0, transport_error=ESP_OK, tls_error_code=0, tls_flags=0, errno=0");
            }
            case RFC_6455 -> {}
        }
    }

    /** The mbedTLS code, or the errno. */
    public static String code(Throwable cause) {
        return cause instanceof DeviceTlsException tls ? tls.code() : EspTlsLines.hex(Errno.ofRead(cause));
    }
}
