package io.fieldloop.server.session;

import org.jspecify.annotations.Nullable;

/**
 * Who a device says it is when it connects.
 *
 * @param path what it asked for; empty on a transport without paths
 * @param behindMqttGateway whether xiaozhi-mqtt-gateway asks in its name, whose audio has a header of its own
 */
public record DeviceIdentity(
        @Nullable String deviceId,
        @Nullable String clientId,
        String path,
        int protocolVersion,
        boolean behindMqttGateway) {}
