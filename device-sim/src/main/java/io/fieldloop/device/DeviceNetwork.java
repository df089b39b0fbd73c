package io.fieldloop.device;

import io.fieldloop.device.attempt.AttemptPipeline;
import io.fieldloop.device.attempt.Endpoint;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.modem.ModemNetwork;
import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.modem.driver.EspModem;
import io.fieldloop.device.modem.grammar.ModemKind;
import io.fieldloop.device.mqtt.BrokerLink;
import io.fieldloop.device.mqtt.MqttLink;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.device.ota.HttpExchange;
import io.fieldloop.device.ota.StreamExchange;
import io.fieldloop.device.profile.Dialect;
import io.fieldloop.device.tls.TlsClientConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a device reaches its servers: sockets of its own, or a modem's. */
final class DeviceNetwork {
    private final DeviceConfig config;
    private final DeviceRuntime runtime;
    private final DeviceContext context;
    private final @Nullable EspModem modem;

    DeviceNetwork(DeviceConfig config, DeviceRuntime runtime, DeviceContext context) {
        this.config = config;
        this.runtime = runtime;
        this.context = context;
        this.modem = config.profile().dialect() == Dialect.XIAOZHI_MODEM ? newModem() : null;
    }

    private EspModem newModem() {
        ModemSettings own = config.modem();
        ModemSettings settings = own == null ? ModemSettings.readyBefore(ModemKind.named("ml307")) : own;
        ModemNetwork network = new ModemNetwork() {
            @Override
            public ChannelFuture stream(String host, int port, ChannelHandler pipeline) {
                return runtime.dialer().dial(runtime.loop(), host, port, pipeline);
            }

            @Override
            public ChannelFuture datagrams(String host, int port, ChannelHandler pipeline) {
                return runtime.datagramDialer().dial(runtime.loop(), host, port, pipeline);
            }

            @Override
            public TlsClientConfig tls(String host) {
                return AttemptPipeline.tlsConfig(context, host, config.trustAnchors());
            }
        };
        return new EspModem(context, settings, network, own != null);
    }

    /** Null where sockets are its own. */
    @Nullable
    EspModem modem() {
        return modem;
    }

    /** Past any modem. */
    ChannelFuture dial(Endpoint endpoint, AttemptPipeline pipeline) {
        return runtime.dialer().dial(runtime.loop(), endpoint.host(), endpoint.port(), pipeline);
    }

    ChannelFuture dialSocket(Endpoint endpoint, AttemptPipeline pipeline) {
        return modem == null ? dial(endpoint, pipeline) : modem.stream(endpoint, pipeline);
    }

    ChannelFuture dialDatagrams(String host, int port, ChannelHandler pipeline) {
        return modem == null
                ? runtime.datagramDialer().dial(runtime.loop(), host, port, pipeline)
                : modem.datagrams(host, port, pipeline);
    }

    /** A client's way to its broker. */
    BrokerLink broker(MqttSettings broker, BrokerLink.Owner owner) {
        return modem == null
                ? new MqttLink(context, broker, this::dial, config.trustAnchors(), owner)
                : modem.broker(broker, owner);
    }

    /** A request to come. */
    HttpExchange exchange() {
        return modem == null
                ? new StreamExchange(context, this::dial, config.trustAnchors())
                : modem.http(config.trustAnchors());
    }

    /** Says at once or later whether there is a network to connect over. */
    void whenUsable(Consumer<Boolean> usable) {
        if (modem == null) {
            usable.accept(true);
        } else {
            modem.whenSetUp(usable);
        }
    }

    void losePower() {
        if (modem != null) {
            modem.losePower();
        }
    }
}
