package io.fieldloop.server.mqtt;

import io.fieldloop.server.connection.FirstBytesHandler.Place;
import io.fieldloop.server.connection.FirstBytesPolicy;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.connection.ProtocolInitializer;
import io.fieldloop.server.tls.FirstContact;
import io.fieldloop.server.tls.TlsAcceptor;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import org.jspecify.annotations.Nullable;

/** Builds the pipeline of an mqtt or mqtts port. */
public final class MqttInitializer implements ProtocolInitializer {
    private final MqttBroker broker;
    private final MqttHandlers handlers;
    private final FirstContact firstContact;

    /**
     * The pipeline of one listener.
     *
     * @param tls what speaks TLS on it, or null on a plain one
     */
    public MqttInitializer(MqttBroker broker, @Nullable TlsAcceptor tls) {
        this.broker = broker;
        this.handlers = MqttHandlers.of(broker);
        this.firstContact = new FirstContact(
                new FirstBytesPolicy(
                        broker.limits().firstByte(),
                        broker.limits().tlsHandshake(),
                        broker.config().connect(),
                        reason -> null),
                tls);
    }

    @Override
    public boolean answersAreCostly() {
        return firstContact.answersAreCostly();
    }

    /** In compat nothing is looked at before the packets and a CONNECT is waited for without end, as in xiaozhi-mqtt-gateway. */
    @Override
    public void build(ChannelPipeline pipeline, HandshakeGuard guard) {
        int packetBytesMax = broker.config().packetBytesMax();
        if (broker.hardened()) {
            firstContact.addTo(pipeline, guard, Place.MQTT_PORT, Place.MQTT_INSIDE_TLS);
            pipeline.addLast(PipelineSlots.MQTT_DECODER, new MqttDecoder(packetBytesMax, packetBytesMax));
        } else {
            firstContact.addTls(pipeline, guard);
            pipeline.addLast(PipelineSlots.MQTT_DECODER, new CompatDecoder(guard.connection(), packetBytesMax));
        }
        pipeline.addLast(PipelineSlots.MQTT_ENCODER, MqttEncoder.INSTANCE);
        pipeline.addLast(PipelineSlots.MQTT, new MqttHandler(guard, broker, handlers));
    }
}
