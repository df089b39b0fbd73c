package io.fieldloop.scenario.probe;

import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.scenario.probe.finding.AddressFinding;
import io.fieldloop.scenario.probe.finding.PlainFinding;
import io.fieldloop.scenario.probe.finding.ProfileVerdict;
import io.fieldloop.scenario.probe.finding.RefusalFinding;
import io.fieldloop.scenario.probe.finding.SessionFinding;
import io.fieldloop.scenario.probe.finding.TlsFinding;
import io.fieldloop.scenario.probe.finding.UpgradeFinding;
import io.fieldloop.scenario.probe.wire.AnswerHead;
import io.fieldloop.scenario.probe.wire.Connector;
import io.fieldloop.scenario.probe.wire.ExamineException;
import io.fieldloop.scenario.probe.wire.TlsRefusedException;
import io.fieldloop.scenario.probe.wire.UpgradeAsk;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Examines one server from its address to its last refusal, while simulated devices try it and one session is watched. */
public final class ServerExaminer extends Examiner {
    private static final int OTHER_ADDRESSES_MAX = 8;

    private final List<String> remarks = new ArrayList<>();

    /** An upgrade that was tried: what was found, and the open connection where the server switched. */
    private record Upgrade(UpgradeFinding finding, @Nullable UpgradeExchange open) {}

    /**
     * @param nanos the machine's clock
     * @param progress told what is being looked at, for somebody who waits
     */
    public ServerExaminer(
            ExamineSettings settings,
            InstantSource clock,
            LongSupplier nanos,
            SecureRandom random,
            Consumer<String> progress) {
        super(settings, clock, nanos, random, progress);
    }

    /**
     * Blocks until all is known.
     *
     * @throws ExamineException if the server cannot be reached at all
     */
    public Examination examine() {
        List<InetAddress> addresses = addresses();
        Connector connector = connector(addresses.get(0));
        Duration connect = connect(connector);
        try (ProfileTrials trials = new ProfileTrials(settings, connector, clock)) {
            return examine(connector, trials, addresses, connect);
        } catch (IOException e) {
            throw new ExamineException(settings.url() + " answered at first and then no more: " + e.getMessage() + ".");
        }
    }

    private List<InetAddress> addresses() {
        if (!settings.at().isEmpty()) {
            return settings.at();
        }
        String host = settings.url().host();
        try {
            // Devices ask for IPv4 first, and dial the first address and no other (protocol reference 4.4).
            List<InetAddress> addresses = Arrays.stream(InetAddress.getAllByName(host))
                    .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                    .toList();
            if (!(addresses.get(0) instanceof Inet4Address)) {
                remarks.add(host
                        + " has no IPv4 address, and stock firmware never asks its network for an IPv6 one: `fieldloop"
                        + " explain tcp-unreachable`.");
            }
            return addresses;
        } catch (UnknownHostException e) {
            throw new ExamineException(
                    "The name " + host + " does not resolve; check the URL, or say with --address where to dial.");
        }
    }

    private Connector connector(InetAddress address) {
        return connector(settings.url(), address);
    }

    /** Behind one name there may be servers of several ages, and resolvers shuffle. */
    private List<AddressFinding> others(List<InetAddress> addresses, UpgradeAsk ask, UpgradeFinding examined) {
        String expected = new AnswerHead(examined.answer()).statusLine();
        return addresses.stream()
                .skip(1)
                .limit(OTHER_ADDRESSES_MAX)
                .map(address -> other(connector(address), ask, expected))
                .toList();
    }

    private static AddressFinding other(Connector connector, UpgradeAsk ask, String expected) {
        String address = NetUtil.toAddressString(connector.address());
        try (UpgradeExchange exchange = UpgradeExchange.of(connector, ask, Connector.LIMIT)) {
            String line = exchange.head().statusLine();
            return new AddressFinding(address, line.isEmpty() ? "no answer" : line, line.equals(expected));
        } catch (TlsRefusedException refused) {
            return new AddressFinding(address, "no TLS session: " + refused.getMessage(), expected.isEmpty());
        } catch (IOException e) {
            return new AddressFinding(address, Connector.inWords(e), false);
        }
    }

    private Duration connect(Connector connector) {
        try {
            return connector.connectTime();
        } catch (IOException e) {
            throw unreachable(connector, e);
        }
    }

    private Examination examine(
            Connector connector, ProfileTrials trials, List<InetAddress> addresses, Duration connect)
            throws IOException {
        UpgradeAsk ask = UpgradeAsk.of(settings.url(), settings.identity(), random);
        progress.accept("the upgrade");
        Upgrade upgrade = upgrade(connector, ask);
        CompletableFuture<@Nullable SessionFinding> session = session(connector, upgrade.open());
        List<AddressFinding> others = others(addresses, ask, upgrade.finding());
        progress.accept("devices");
        trials.begin();
        progress.accept("TLS");
        TlsFinding tls = settings.url().tls()
                ? new TlsExamination(connector, ask, ClientHelloShape.ESP_IDF_5, settings.roots(), clock.instant())
                        .examine()
                : null;
        List<PlainFinding> otherProtocol = new PlainExamination(connector, ask).examine();
        if (tls != null) {
            remarks.addAll(PlainExamination.remarks(tls, otherProtocol));
        }
        progress.accept("refusals");
        List<RefusalFinding> refusals = new RefusalExamination(connector, ask).examine();
        remarks.addAll(SameAnswer.remarks(settings.url(), upgrade.finding(), refusals));
        checkForBan(connector, ask, upgrade.finding());
        progress.accept("the quiet session, and devices that still wait");
        SessionFinding watched = session.join();
        List<ProfileVerdict> verdicts = trials.verdicts(new VerdictReason(tls, upgrade.finding(), watched));
        return new Examination(
                settings.url().forDevices(),
                clock.instant(),
                addresses.stream().map(NetUtil::toAddressString).toList(),
                others,
                connect,
                tls == null ? null : tls.withSessions(verdicts),
                otherProtocol,
                upgrade.finding(),
                watched,
                refusals,
                verdicts,
                remarks);
    }

    private Upgrade upgrade(Connector connector, UpgradeAsk ask) {
        Duration lasting = settings.watch().compareTo(Connector.LIMIT) > 0 ? settings.watch() : Connector.LIMIT;
        try {
            UpgradeExchange exchange = UpgradeExchange.of(connector, ask, lasting);
            UpgradeFinding finding = UpgradeExamination.of(ask, exchange);
            if (exchange.isSwitched()) {
                return new Upgrade(finding, exchange);
            }
            exchange.close();
            return new Upgrade(finding, null);
        } catch (IOException e) {
            return new Upgrade(UpgradeFinding.none(ask, String.valueOf(e.getMessage())), null);
        }
    }

    private CompletableFuture<@Nullable SessionFinding> session(
            Connector connector, @Nullable UpgradeExchange exchange) {
        return exchange == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.supplyAsync(() -> {
                    try (exchange) {
                        return new SessionExamination(connector, exchange, settings.watch()).examine();
                    }
                });
    }

    private void checkForBan(Connector connector, UpgradeAsk ask, UpgradeFinding before) {
        if (before.switched() && !isSwitched(connector, ask)) {
            remarks.add("By the end the server no longer let this machine in; it may have banned it for its refusals,"
                    + " and what was found late may be about that: try again later, with a smaller"
                    + " --connections-per-second.");
        }
    }

    private static boolean isSwitched(Connector connector, UpgradeAsk ask) {
        try (UpgradeExchange again = UpgradeExchange.of(connector, ask, Connector.LIMIT)) {
            return again.isSwitched();
        } catch (IOException e) {
            return false;
        }
    }
}
