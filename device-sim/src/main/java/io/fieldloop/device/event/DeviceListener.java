package io.fieldloop.device.event;

/** Hears everything a device reports, in order, on the device's event loop; it must not block and must not throw. */
@FunctionalInterface
public interface DeviceListener {
    void onEvent(DeviceEvent event);
}
