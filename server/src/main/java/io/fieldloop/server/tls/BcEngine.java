package io.fieldloop.server.tls;

import io.fieldloop.server.fault.TlsFault;
import io.fieldloop.server.tls.HandshakeConfig.ClientCertificates;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.tls.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/** TLS by Bouncy Castle's low-level API: seeded, tolerant of odd chains, exact about alerts. */
final class BcEngine implements TlsEngine {
    private final RunTlsCrypto crypto;
    private final VirtualHosts<BcIdentity> hosts;
    private final Set<TlsVersion> servedVersions;
    private final ProtocolVersion[] versions;
    private final int[] rsaSuites;
    private final int[] ecSuites;
    private final boolean prefersOwnOrder;
    private final HandshakeConfig handshake;
    private final ClientCertificateCheck clientCertificates;
    private final BcTickets tickets;
    private final @Nullable KeyLog keyLog;

    BcEngine(TlsConfig config, EngineSource source) {
        SharedArithmetic arithmetic = source.arithmetic();
        this.crypto = new RunTlsCrypto(source.random(), arithmetic);
        this.hosts = VirtualHosts.of(
                config.byServerName(),
                chain -> new BcIdentity(crypto, chain, config.handshake().prefersPss(), arithmetic));
        this.servedVersions = config.versions();
        this.versions = config.versions().stream()
                .map(version -> ProtocolVersion.get(version.code() >> 8, version.code() & 0xFF))
                .toArray(ProtocolVersion[]::new);
        List<Integer> suites = suites(config);
        this.rsaSuites = CipherSuites.servedBy(suites, true, crypto);
        this.ecSuites = CipherSuites.servedBy(suites, false, crypto);
        this.prefersOwnOrder = !config.cipherSuites().isEmpty();
        this.handshake = config.handshake();
        this.clientCertificates = new ClientCertificateCheck(config.handshake().clientAuthorities(), source.clock());
        boolean asksClients = config.handshake().clientCertificates() != ClientCertificates.NONE;
        this.tickets =
                new BcTickets(asksClients ? TicketConfig.NONE : config.tickets(), source.ticketKeys(), source.clock());
        this.keyLog = config.keyLog();
    }

    /** The configured suites; the defaults stand in for TLS 1.3, or for the older versions, where the list names none. */
    private static List<Integer> suites(TlsConfig config) {
        List<Integer> suites = new ArrayList<>();
        boolean names13 = config.cipherSuites().stream().anyMatch(CipherSuites::isTls13);
        boolean namesOlder = config.cipherSuites().stream().anyMatch(name -> !CipherSuites.isTls13(name));
        for (String name : config.cipherSuites()) {
            Integer number = CipherSuites.number(name);
            if (number != null) {
                suites.add(number);
            }
        }
        for (int number : CipherSuites.DEFAULTS) {
            boolean is13 = CipherSuites.isTls13(CipherSuites.name(number));
            if (is13 ? !names13 : !namesOlder) {
                suites.add(number);
            }
        }
        return suites;
    }

    @Override
    public void install(ChannelHandlerContext behind, ClientHello hello, List<TlsFault> faults, TlsObserver observer) {
        BcFaults own = new BcFaults(faults, observer);
        BcTlsServer server = new BcTlsServer(this, hosts.find(hello.serverName()), own);
        behind.pipeline()
                .addAfter(
                        behind.name(), null, new BcTlsHandler(new BcTlsProtocol(own, server), server, hello, observer));
    }

    Set<TlsVersion> servedVersions() {
        return servedVersions;
    }

    RunTlsCrypto crypto() {
        return crypto;
    }

    ProtocolVersion[] versions() {
        return versions.clone();
    }

    int[] rsaSuites() {
        return rsaSuites.clone();
    }

    int[] ecSuites() {
        return ecSuites.clone();
    }

    boolean prefersOwnOrder() {
        return prefersOwnOrder;
    }

    HandshakeConfig handshake() {
        return handshake;
    }

    BcTickets tickets() {
        return tickets;
    }

    ClientCertificateCheck clientCertificates() {
        return clientCertificates;
    }

    @Nullable
    KeyLog keyLog() {
        return keyLog;
    }
}
