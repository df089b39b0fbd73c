package io.fieldloop.device.modem.driver;

import io.fieldloop.device.attempt.AttemptPipeline;
import io.fieldloop.device.attempt.Endpoint;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.modem.Modem;
import io.fieldloop.device.modem.ModemKind;
import io.fieldloop.device.modem.ModemNetwork;
import io.fieldloop.device.modem.Wire;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;

/** A device's modem behind its UART, and the sockets the firmware opens in it. */
public final class EspModem {

    /** What boards of xiaozhi-esp32 give {@code AtModem::Detect}. */
    private static final int BAUD = 921_600;

    /** {@code CreateWebSocket(1)} and {@code CreateUdp(2)} of xiaozhi-esp32. */
    private static final int WEBSOCKET_ID = 1;

    private static final int UDP_ID = 2;

    private final DeviceContext context;
    private final Modem modem;
    private final AtUart uart;

    /** A modem that the firmware has set up before. */
    public EspModem(DeviceContext context, ModemKind kind, ModemNetwork network) {
        this.context = context;
        this.modem = new Modem(context.loop(), kind, network, BAUD);
        Wire toModem = new Wire(context.loop(), () -> BAUD, modem::baud, modem::receive);
        this.uart = new AtUart(context, toModem::send, false);
        Wire toHost = new Wire(context.loop(), modem::baud, () -> BAUD, uart::receive);
        modem.connect(toHost::send);
    }

    public ChannelFuture stream(Endpoint endpoint, AttemptPipeline pipeline) {
        modem.witness(WEBSOCKET_ID, pipeline.witness());
        SocketDialect dialect = endpoint.tls() ? SocketDialect.ML307_SSL : SocketDialect.ML307_TCP;
        return socket(dialect, WEBSOCKET_ID, endpoint.host(), endpoint.port()).open(pipeline.behindModem());
    }

    public ChannelFuture datagrams(String host, int port, ChannelHandler pipeline) {
        return socket(SocketDialect.ML307_UDP, UDP_ID, host, port).open(pipeline);
    }

    private AtSocket socket(SocketDialect dialect, int id, String host, int port) {
        return new AtSocket(context, uart, dialect, id, host, port, BAUD, () -> modem.seen(id));
    }

    /** The device and its modem are without power. */
    public void losePower() {
        uart.losePower();
        modem.losePower();
    }
}
