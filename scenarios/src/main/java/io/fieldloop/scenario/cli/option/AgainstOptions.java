package io.fieldloop.scenario.cli.option;

import io.fieldloop.scenario.adversary.TargetPolicy;
import io.fieldloop.scenario.probe.OtaExaminer;
import io.fieldloop.scenario.probe.wire.ExamineException;
import io.fieldloop.scenario.probe.wire.ServerUrl;
import io.fieldloop.scenario.rig.ForeignGateway;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.against.AgainstRigs;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which gateway scenarios run against, if it is not to be ours. */
public final class AgainstOptions {
    @Option(
            names = "--against",
            paramLabel = "URL",
            description =
                    "A gateway that is not ours, by its URLs, each after an option of its own: wss, ws, mqtt, mqtts, and"
                            + " http or https for an OTA address (…/ota/); on real sockets. Its own events are not seen, and cases"
                            + " that give it orders are left out.")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--i-own-this-host",
            description = "Lets hostile traffic go beyond loopback and private networks. Say it only if it is true.")
    private boolean owned;

    @Option(
            names = "--mqtt-key",
            paramLabel = "@FILE",
            description =
                    "What the gateway signs MQTT passwords with, so that each device has its own; without it --token"
                            + " is the password of all.")
    private @Nullable String mqttKey;

    public boolean isGiven() {
        return !urls.isEmpty();
    }

    /** Rigs around that gateway. */
    public RigFactory rigs(ServerOptions server) {
        Map<Rig.NominalListener, ForeignGateway.Listener> listeners = new LinkedHashMap<>();
        for (String text : urls) {
            ServerUrl url = url(text);
            Rig.NominalListener nominal = nominal(text, url.tls());
            if (listeners.put(nominal, listener(url, nominal, server)) != null) {
                throw new CliException("--against names two " + nominal.name()
                        + " URLs; give one, and one of another kind beside it if there is such a port.");
            }
        }
        return new AgainstRigs(
                new ForeignGateway(listeners, server.roots().certificates(), server.token(), key()),
                owned ? TargetPolicy.OWNED : TargetPolicy.PRIVATE,
                words(server));
    }

    private @Nullable String key() {
        if (mqttKey == null) {
            return null;
        }
        return mqttKey.startsWith("@") ? ServerOptions.secret("--mqtt-key", mqttKey.substring(1)) : mqttKey;
    }

    private static Rig.NominalListener nominal(String text, boolean tls) {
        if (OtaExaminer.isOta(text)) {
            return tls ? Rig.OTAS : Rig.OTA;
        }
        if (ServerUrl.isBroker(text)) {
            return tls ? Rig.MQTTS : Rig.MQTT;
        }
        return tls ? Rig.WSS : Rig.WS;
    }

    /** The words that say the same again. */
    public List<String> words(ServerOptions server) {
        List<String> words = new ArrayList<>();
        urls.forEach(url -> words.addAll(List.of("--against", url)));
        words.addAll(server.words());
        if (mqttKey != null) {
            words.addAll(List.of("--mqtt-key", mqttKey.startsWith("@") ? mqttKey : "@FILE"));
        }
        if (owned) {
            words.add("--i-own-this-host");
        }
        return words;
    }

    /** Refuses what makes sense only beside {@code --against}. */
    public void requireNothingWithoutIt(ServerOptions server) {
        if (!isGiven() && (owned || mqttKey != null || !server.words().isEmpty())) {
            throw new CliException(
                    "--ca, --token, --address, --mqtt-key and --i-own-this-host are about a gateway that is not ours;"
                            + " give its URL with --against.");
        }
    }

    private static ServerUrl url(String text) {
        try {
            return ServerUrl.isBroker(text) ? ServerUrl.broker(text) : ServerUrl.parse(text);
        } catch (ExamineException e) {
            throw new CliException("--against: " + e.getMessage());
        }
    }

    /** Devices tell TLS to a broker by its port, so that they are given the usual one whatever it is. */
    private static ForeignGateway.Listener listener(ServerUrl url, Rig.NominalListener nominal, ServerOptions server) {
        InetAddress given = server.address();
        InetAddress address = given == null ? firstAddress(url.host()) : given;
        return new ForeignGateway.Listener(
                url.host(),
                nominal.equals(Rig.MQTT) || nominal.equals(Rig.MQTTS) ? nominal.port() : url.port(),
                new InetSocketAddress(address, url.port()),
                url.path());
    }

    /** The first IPv4 address, which devices ask for first, else the first of IPv6; they dial no other (protocol reference 4.4). */
    private static InetAddress firstAddress(String host) {
        try {
            InetAddress[] all = InetAddress.getAllByName(host);
            return Arrays.stream(all)
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .orElse(all[0]);
        } catch (UnknownHostException e) {
            throw new CliException("--against: the name " + host
                    + " does not resolve; check it, or say with --address where to dial.");
        }
    }
}
