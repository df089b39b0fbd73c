package io.fieldloop.device.event;

/** Receives every event of a device, in order, on the device's event loop; it must not block and must not throw. */
@FunctionalInterface
public interface DeviceListener {
    void onEvent(DeviceEvent event);
}
