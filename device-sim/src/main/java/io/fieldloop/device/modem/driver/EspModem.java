package io.fieldloop.device.modem.driver;

import io.fieldloop.device.attempt.AttemptPipeline;
import io.fieldloop.device.attempt.Endpoint;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.EventRecords;
import io.fieldloop.device.modem.Modem;
import io.fieldloop.device.modem.ModemFault;
import io.fieldloop.device.modem.ModemNetwork;
import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.modem.Wire;
import io.fieldloop.device.mqtt.BrokerLink;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.device.ota.HttpExchange;
import io.fieldloop.device.ota.StreamExchange;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A device's modem behind its UART, and what the firmware does with it. */
public final class EspModem {

    /** {@code CreateHttp(0)}, {@code CreateWebSocket(1)} and {@code CreateUdp(2)} of xiaozhi-esp32. */
    private static final int HTTP_ID = 0;

    private static final int WEBSOCKET_ID = 1;

    private static final int UDP_ID = 2;

    /** The firmware waits for registration for ever; its user does not. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DeviceContext context;
    private final ModemSettings settings;
    private final Modem modem;
    private final AtUart uart;
    private final ModemWords words;
    private final boolean setsUp;
    private final List<Consumer<Boolean>> waiting = new ArrayList<>();
    private @Nullable BringUp bringUp;
    private int baud;
    private boolean powered;
    private boolean ready;

    /** One that the firmware {@code setsUp} after power-up and whose lines it prints, or that it has set up before. */
    public EspModem(DeviceContext context, ModemSettings settings, ModemNetwork network, boolean setsUp) {
        this.context = context;
        this.settings = settings;
        this.setsUp = setsUp;
        this.baud = settings.baud();
        this.modem = new Modem(
                context.loop(),
                settings,
                network,
                (fault, text) -> context.emit(
                        new DeviceEvent.ModemFault(EventRecords.word(fault.when()), ModemFault.shown(text))));
        Wire toModem = new Wire(modem.timers(), () -> baud, modem::baud, modem::receive);
        this.uart = new AtUart(context, toModem::send, setsUp, modem.timers()::lateNanos);
        this.words = new ModemWords(uart);
        ReceiveDma dma = new ReceiveDma(context, uart);
        Wire toHost = new Wire(modem.timers(), modem::baud, () -> baud, dma::receive);
        modem.connect(toHost::send, dma::stall);
    }

    /** Device and modem have power; nothing happens where they have it already. */
    public void powerUp() {
        if (powered) {
            return;
        }
        powered = true;
        modem.powerUp();
        ready = !setsUp;
        if (setsUp) {
            begin();
        }
    }

    /** The device and its modem are without power. */
    public void losePower() {
        powered = false;
        if (bringUp != null) {
            bringUp.stop();
        }
        waiting.clear();
        uart.losePower();
        modem.losePower();
    }

    private void begin() {
        long since = context.nanoTime();
        BringUp next = new BringUp(context, uart, settings.baud(), speed -> baud = speed, status -> {
            ready = status == BringUp.Status.READY;
            context.emit(new DeviceEvent.ModemSetUp(EventRecords.word(status), context.since(since)));
            List<Consumer<Boolean>> told = List.copyOf(waiting);
            waiting.clear();
            told.forEach(one -> one.accept(ready));
        });
        bringUp = next;
        next.begin();
    }

    /** Tells whether there is a network, once a round of setting the modem up has ended, or a minute later. */
    public void whenSetUp(Consumer<Boolean> told) {
        powerUp();
        if (ready) {
            told.accept(true);
        } else {
            waiting.add(told);
            context.schedule(
                    () -> {
                        if (waiting.remove(told)) {
                            told.accept(false);
                        }
                    },
                    PATIENCE);
        }
    }

    public ChannelFuture stream(Endpoint endpoint, AttemptPipeline pipeline) {
        return stream(WEBSOCKET_ID, endpoint, pipeline);
    }

    private ChannelFuture stream(int id, Endpoint endpoint, AttemptPipeline pipeline) {
        modem.witness(id, pipeline.witness());
        SocketDialect.Family family = family();
        return socket(endpoint.tls() ? family.tls() : family.tcp(), id, endpoint.host(), endpoint.port())
                .open(pipeline.behindModem());
    }

    /** A request of the library's: the modem's own client makes it, or the library's over a socket of the modem. */
    public HttpExchange http(List<X509Certificate> trustAnchors) {
        return family().speaksHttp()
                ? new AtHttp(context, uart)
                : new StreamExchange(
                        context, (endpoint, pipeline) -> stream(HTTP_ID, endpoint, pipeline), trustAnchors);
    }

    /** An MQTT object of the library, whose client is the modem's. */
    public BrokerLink broker(MqttSettings broker, BrokerLink.Owner owner) {
        AtMqtt link = new AtMqtt(context, uart, family().mqtt(), broker, () -> modem.seenByMqtt(MqttDialect.ID), owner);
        modem.witnessMqtt(link.witness());
        return link;
    }

    public ChannelFuture datagrams(String host, int port, ChannelHandler pipeline) {
        return socket(family().udp(), UDP_ID, host, port).open(pipeline);
    }

    /** What the board tells of it, as members of a JSON object. */
    public void describe(Consumer<String> told) {
        words.ask(told);
    }

    private SocketDialect.Family family() {
        return SocketDialect.Family.of(settings.kind().settings().getOrDefault("module", ""));
    }

    private AtSocket socket(SocketDialect dialect, int id, String host, int port) {
        return new AtSocket(context, uart, dialect, id, host, port, () -> baud, () -> modem.seen(id));
    }
}
