package io.fieldloop.server.mqtt;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperties;
import java.time.Duration;

/**
 * The properties of a PUBLISH or a Will that go on to MQTT 5 subscribers: unaltered, but for the expiry, which is counted down.
 *
 * <p>MQTT 5, 3.3.2.3 wants these forwarded. The others are between one client and the gateway: topic alias, subscription identifier,
 * will delay.
 */
final class PassedProperties {
    static final PassedProperties NONE = new PassedProperties(MqttProperties.NO_PROPERTIES, 0);
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int[] PASSED = {
        MqttProperties.PAYLOAD_FORMAT_INDICATOR,
        MqttProperties.PUBLICATION_EXPIRY_INTERVAL,
        MqttProperties.CONTENT_TYPE,
        MqttProperties.RESPONSE_TOPIC,
        MqttProperties.CORRELATION_DATA,
        MqttProperties.USER_PROPERTY
    };

    private final MqttProperties said;
    private final long saidNanos;

    private PassedProperties(MqttProperties said, long saidNanos) {
        this.said = said;
        this.saidNanos = saidNanos;
    }

    static PassedProperties of(MqttProperties given, long saidNanos) {
        MqttProperties passed = pick(given);
        return passed.isEmpty() ? NONE : new PassedProperties(passed, saidNanos);
    }

    /** A will is said later than it was given, and lives from then on. */
    PassedProperties saidAt(long nanos) {
        return new PassedProperties(said, nanos);
    }

    boolean expired(long nowNanos) {
        return said.getProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL) instanceof IntegerProperty seconds
                && waited(nowNanos) >= Integer.toUnsignedLong(seconds.value());
    }

    /** What is sent now. */
    MqttProperties at(long nowNanos) {
        long waited = waited(nowNanos);
        if (waited > 0
                && said.getProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL) instanceof IntegerProperty seconds) {
            MqttProperties counted = pick(said);
            long left = Math.max(0, Integer.toUnsignedLong(seconds.value()) - waited);
            counted.add(new IntegerProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, (int) left));
            return counted;
        }
        return said;
    }

    /** How many bytes they take, without the length in front. */
    int bytes() {
        return said.listAll().stream().mapToInt(PassedProperties::bytes).sum();
    }

    private static int bytes(MqttProperty<?> property) {
        if (property instanceof UserProperties user) {
            return user.value().stream()
                    .mapToInt(pair -> 1 + text(pair.key) + text(pair.value))
                    .sum();
        }
        if (property.value() instanceof String string) {
            return 1 + text(string);
        }
        if (property.value() instanceof byte[] binary) {
            return 3 + binary.length;
        }
        return property.propertyId() == MqttProperties.PAYLOAD_FORMAT_INDICATOR ? 2 : 5;
    }

    private static int text(String text) {
        return 2 + ByteBufUtil.utf8Bytes(text);
    }

    private long waited(long nowNanos) {
        return (nowNanos - saidNanos) / SECOND_NANOS;
    }

    private static MqttProperties pick(MqttProperties from) {
        MqttProperties picked = new MqttProperties();
        for (int id : PASSED) {
            MqttProperty<?> property = from.getProperty(id);
            if (property != null) {
                picked.add(property);
            }
        }
        return picked;
    }
}
