package io.fieldloop.device.modem.driver;

import io.fieldloop.device.context.DeviceContext;
import java.time.Duration;

/**
 * The buffers between the UART and the task that empties them: 12 of 512 bytes (AT_UART_RX_BUFFER_COUNT and _SIZE of 78/esp-ml307).
 *
 * <p>The task runs at once, unless something keeps it from running; what does not fit meanwhile is lost.
 */
final class ReceiveDma {

    private static final int BUFFER_BYTES = 12 * 512;

    private final DeviceContext context;
    private final AtUart uart;
    private final StringBuilder waiting = new StringBuilder();
    private boolean stalled;
    private boolean overflowed;

    ReceiveDma(DeviceContext context, AtUart uart) {
        this.context = context;
        this.uart = uart;
    }

    /** The task does not run for that long. */
    void stall(Duration time) {
        if (!time.isZero() && !stalled) {
            stalled = true;
            context.schedule(this::run, time);
        }
    }

    void receive(String bytes) {
        if (!stalled) {
            uart.receive(bytes);
            return;
        }
        int room = BUFFER_BYTES - waiting.length();
        overflowed |= bytes.length() > room;
        waiting.append(bytes, 0, Math.min(room, bytes.length()));
    }

    private void run() {
        stalled = false;
        String bytes = waiting.toString();
        waiting.setLength(0);
        uart.receive(bytes);
        if (overflowed) {
            overflowed = false;
            uart.overflowed();
        }
    }
}
