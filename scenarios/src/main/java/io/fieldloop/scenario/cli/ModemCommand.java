package io.fieldloop.scenario.cli;

import io.fieldloop.device.link.SocketTransport;
import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.modem.PacketNetwork;
import io.fieldloop.device.modem.grammar.ModemKind;
import io.fieldloop.device.modem.serial.ModemPort;
import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.Version;
import io.fieldloop.server.connection.GatewayConfigException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fieldloop modem}: a modem for any program that speaks AT, until Ctrl-C. */
@Command(
        name = "modem",
        description = {
            "Runs a cellular modem on a TCP port of this machine and prints what passes; its sockets are this machine's.",
            "For a serial device: socat PTY,link=/tmp/modem,raw,echo=0 TCP:127.0.0.1:PORT"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@OwnsWallClock("a program at the other end of a serial line lives in real time")
final class ModemCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "ml307, ec801e, ppp, nt26-eth, or a YAML file with a grammar of your own.")
    private String kind = "ml307";

    @Option(names = "--tcp", paramLabel = "PORT", description = "Where it listens on 127.0.0.1; 0 takes a free port.")
    private int port;

    @Option(
            names = "--baud",
            paramLabel = "BAUD",
            description = "Its speed; the one it has at power-up where not given.")
    private @Nullable Integer baud;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting of its grammar, such as sim=absent.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        ModemSettings told = told();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, SocketTransport.preciseIoHandler());
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            ChannelFuture bound = new ModemPort(
                            told, new SecureRandom(), InstantSource.system(), PacketNetwork.NONE, out::println)
                    .listen(group, address)
                    .await();
            if (!bound.isSuccess()) {
                throw new CliException(
                        String.valueOf(GatewayConfigException.cannotListen("The modem", address, bound.cause())
                                .getMessage()));
            }
            out.println(kind + " at " + told.baud() + " baud on "
                    + bound.channel().localAddress().toString().substring(1));
            bound.channel().closeFuture().await();
            return 0;
        } finally {
            group.shutdownGracefully();
        }
    }

    private ModemSettings told() {
        try {
            ModemKind modem = ModemKind.named(kind);
            int speed = baud != null ? baud : ModemSettings.powerUpBaud(modem);
            return new ModemSettings(modem, speed, speed, modem.checked(settings), List.of(), List.of());
        } catch (IllegalArgumentException unknown) {
            throw new CliException(String.valueOf(unknown.getMessage()));
        }
    }
}
