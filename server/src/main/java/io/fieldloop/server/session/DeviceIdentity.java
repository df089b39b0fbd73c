package io.fieldloop.server.session;

import org.jspecify.annotations.Nullable;

/** Who a device says it is in its upgrade request. */
public record DeviceIdentity(
        @Nullable String deviceId, @Nullable String clientId, String path, int protocolVersion) {}
