package io.fieldloop.device.ota;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.UpdateFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One firmware update, from the request to the other slot: pages of 4 KiB, no range, no second try (xiaozhi-esp32, main/ota.cc, Upgrade).
 *
 * <p>The firmware waits until it has seen 288 bytes before it begins to write, and counts what is in its page anew with every read, so
 * that a body of 144 bytes is enough.
 */
final class FirmwareUpdate {
    private static final String TAG = "Ota";
    private static final int PAGE_BYTES = 4096;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final DeviceContext context;
    private final HttpExchange exchange;
    private final Slots slots;
    private final Consumer<Boolean> done;
    private final ByteBuf page = Unpooled.buffer(PAGE_BYTES, PAGE_BYTES);
    private final ImageCheck image = new ImageCheck();
    private long headerBytes;
    private long total;
    private long recent;
    private long saidNanos;

    /** @param done told whether the other slot boots next */
    FirmwareUpdate(DeviceContext context, HttpExchange exchange, Slots slots, Consumer<Boolean> done) {
        this.context = context;
        this.exchange = exchange;
        this.slots = slots;
        this.done = done;
    }

    void begin(String url) {
        info("Upgrading firmware from " + url);
        info("Writing to partition " + slots.other() + " at offset 0x"
                + Integer.toHexString(SystemInfo.addressOf(slots.other())));
        saidNanos = context.nanoTime();
        exchange.open(new OtaRequest("GET", HttpUrl.parse(url), Map.of(), null), this::opened);
    }

    private void opened(int code) {
        if (code == HttpExchange.OPENED) {
            exchange.status(this::status);
        } else {
            fail(UpdateFailure.NOT_CONNECTED, "Failed to open HTTP connection");
        }
    }

    private void status(int status) {
        if (status != 200) {
            fail(UpdateFailure.STATUS, "Failed to get firmware, status code: " + status);
        } else if (exchange.bodyLength() == 0) {
            fail(UpdateFailure.NO_LENGTH, "Failed to get content length");
        } else {
            exchange.read(this::read);
        }
    }

    private void read(@Nullable ByteBuf part) {
        if (part == null) {
            fail(UpdateFailure.READ, "Failed to read HTTP data: ESP_FAIL");
            return;
        }
        boolean last = !part.isReadable();
        String error = null;
        do {
            int bytes = Math.min(part.readableBytes(), page.writableBytes());
            page.writeBytes(part, bytes);
            total += bytes;
            recent += bytes;
            headerBytes += headerBytes < ImageCheck.DESCRIPTION_END ? page.readableBytes() : 0;
            if (page.writableBytes() == 0 || (last && page.isReadable())) {
                error = write();
            }
        } while (error == null && part.isReadable());
        sayProgress(last);
        if (error != null) {
            fail(UpdateFailure.WRITE, "Failed to write OTA data: " + error);
        } else if (last) {
            end();
        } else {
            exchange.read(this::read);
        }
    }

    private @Nullable String write() {
        if (headerBytes < ImageCheck.DESCRIPTION_END) {
            context.log(LogLevel.ERROR, "esp_ota_ops", "not found the handle");
            return "ESP_ERR_INVALID_ARG";
        }
        int first = image.firstByte(page);
        String error = image.write(page);
        if ("ESP_ERR_OTA_VALIDATE_FAILED".equals(error)) {
            context.log(
                    LogLevel.ERROR,
                    "esp_ota_ops",
                    "OTA image has invalid magic byte (expected 0xE9, saw 0x" + Integer.toHexString(first) + ")");
        }
        page.clear();
        return error;
    }

    private void sayProgress(boolean last) {
        if (last || context.nanoTime() - saidNanos >= SECOND_NANOS) {
            long length = exchange.bodyLength();
            info("Progress: " + total * 100 / length + "% (" + total + "/" + length + "), Speed: " + recent + "B/s");
            saidNanos = context.nanoTime();
            recent = 0;
        }
    }

    private void end() {
        exchange.close();
        if (!image.isValid()) {
            fail(UpdateFailure.VALIDATION, "Image validation failed, image is corrupted");
            return;
        }
        slots.install(image.version());
        info("Firmware upgrade successful");
        context.emit(new DeviceEvent.UpdateInstalled(image.version(), slots.running()));
        done.accept(true);
    }

    private void fail(UpdateFailure why, String line) {
        exchange.close();
        context.log(LogLevel.ERROR, TAG, line);
        context.emit(new DeviceEvent.UpdateFailed(why, total));
        done.accept(false);
    }

    private void info(String message) {
        context.log(LogLevel.INFO, TAG, message);
    }
}
