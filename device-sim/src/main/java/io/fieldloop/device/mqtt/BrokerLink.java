package io.fieldloop.device.mqtt;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An MQTT object of the firmware's network library, whose client is the device's own or inside its modem. */
public interface BrokerLink {

    /** Makes one for an owner. */
    @FunctionalInterface
    interface Maker {
        BrokerLink make(MqttSettings settings, Owner owner);
    }

    /** Who made it. */
    interface Owner {
        void connected(Duration elapsed);

        /** One attempt failed. */
        void failed(ConnectOutcome.Failed failed, NetworkError error);

        void message(String topic, String text);

        /** A PUBACK or SUBACK, which concerns nobody who neither subscribes nor publishes above QoS 0. */
        default void acknowledged(int type, int packetId) {}

        void disconnected(FailureReason reason, @Nullable String code);
    }

    void connect();

    boolean isConnected();

    /** How far an attempt under way has come. */
    Phase phase();

    /** At QoS 0, only where it is connected; {@code failed} is run where that turns out not to have been sent. */
    void publish(String topic, String text, Runnable failed);

    /** The object is deleted, or the power is gone, which says nothing; nothing is heard of it any more. */
    void end(boolean politely);
}
