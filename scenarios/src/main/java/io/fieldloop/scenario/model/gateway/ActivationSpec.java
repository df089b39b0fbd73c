package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.model.device.DeviceOtaSpec;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How devices come to belong to somebody. */
@Doc("How devices come to belong to somebody")
public record ActivationSpec(
        @Doc("Time from the first check of a device until its user has entered the code") @Default("20s")
        Duration boundAfter,

        @Doc("The keys in the eFuses of devices, 64 hex digits each, by serial number") @Default("{}")
        Map<String, String> keys) {
    public ActivationSpec {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        keys.values().forEach(DeviceOtaSpec::requireKey);
    }
}
