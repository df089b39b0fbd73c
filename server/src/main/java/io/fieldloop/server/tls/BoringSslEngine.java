package io.fieldloop.server.tls;

import io.fieldloop.server.fault.TlsFault;
import io.fieldloop.server.pki.CertificateChain;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCredential;
import io.netty.handler.ssl.OpenSslCredentialBuilder;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.internal.tcnative.SSL;
import io.netty.util.ReferenceCountUtil;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** TLS by BoringSSL through Netty's OpenSSL provider: the fast one, on real sockets. */
final class BoringSslEngine implements TlsEngine {
    private static final int CURVE_BITS_MIN = 256;

    /** Frees contexts: those that Netty would free by itself bring a finalizer for each connection, too. */
    private static final Cleaner CLEANER = Cleaner.create();

    private final VirtualHosts<SslContext> hosts;
    private final Set<TlsVersion> served;
    private final boolean clientOrder;
    private final TicketConfig tickets;
    private final EngineSource source;
    private final List<SslContext> contexts = new ArrayList<>();
    private List<TicketKeys.Key> ticketKeys = List.of();

    /**
     * Builds a native context for each chain; they are freed once neither this engine nor a connection is left that needs them.
     *
     * @throws IncapableException if this configuration is more than BoringSSL can do
     */
    BoringSslEngine(TlsConfig config, EngineSource source) {
        refuse(!OpenSsl.isAvailable(), "BoringSSL is not available on this platform");
        refuse(
                !config.handshake().equals(HandshakeConfig.USUAL),
                "BoringSSL is not told about groups, PSS, protocols or the clients' certificates");
        refuse(hasGap(config.versions()), "BoringSSL serves a range of versions and not " + config.versions());
        refuse(
                config.keyLog() != null && !BoringSslContext.reachable(),
                "this version of Netty does not let BoringSSL log keys");
        for (String suite : config.cipherSuites()) {
            refuse(CipherSuites.isTls13(suite), "BoringSSL chooses among the TLS 1.3 suites by itself");
            refuse(!OpenSsl.isCipherSuiteAvailable(suite), "BoringSSL does not have " + suite);
        }
        this.served = config.versions();
        this.clientOrder = config.cipherSuites().isEmpty();
        this.tickets = config.tickets();
        this.source = source;
        refuse(
                tickets.versions().contains(TlsVersion.TLSv1_3)
                        && !tickets.lifetime().equals(TicketConfig.USUAL.lifetime()),
                "BoringSSL gives tickets of TLS 1.3 a lifetime of its own");
        List<SslContext> freed = contexts; // without this engine, which could never be collected otherwise
        CLEANER.register(this, () -> freed.forEach(ReferenceCountUtil::release));
        this.hosts = VirtualHosts.of(config.byServerName(), chain -> context(config, chain));
    }

    private static void refuse(boolean condition, String reason) {
        if (condition) {
            throw new IncapableException(reason);
        }
    }

    private static boolean hasGap(Set<TlsVersion> versions) {
        long range = Stream.of(TlsVersion.values())
                .filter(version -> version.compareTo(versions.iterator().next()) >= 0)
                .takeWhile(versions::contains)
                .count();
        return range != versions.size();
    }

    private static boolean hasUsualKey(CertificateChain chain) {
        return chain.key() instanceof RSAKey
                || (chain.key() instanceof ECKey ec && ec.getParams().getOrder().bitLength() >= CURVE_BITS_MIN);
    }

    private SslContext context(TlsConfig config, CertificateChain chain) {
        refuse(!chain.isPair(), "BoringSSL refuses a key that does not belong to its certificate");
        refuse(!hasUsualKey(chain), "BoringSSL signs with RSA and with curves of 256 bits and more");
        X509Certificate[] certificates = chain.chain().toArray(X509Certificate[]::new);
        try {
            OpenSslCredential credential =
                    OpenSslCredentialBuilder.forX509(chain.key(), certificates).build();
            try {
                return context(
                        config,
                        SslContextBuilder.forServer(chain.key(), certificates).addCredential(credential));
            } finally {
                credential.release(); // a context that was built holds it
            }
        } catch (SSLException | RuntimeException e) {
            throw new IncapableException("BoringSSL refuses the chain (" + e.getMessage() + ")");
        }
    }

    private SslContext context(TlsConfig config, SslContextBuilder chain) throws SSLException {
        List<String> suites = new ArrayList<>(config.cipherSuites());
        if (suites.isEmpty()) {
            suites.addAll(OpenSsl.availableJavaCipherSuites());
        }
        SslContext context = chain.sslProvider(SslProvider.OPENSSL_REFCNT)
                .protocols(config.versions().stream().map(TlsVersion::wireName).toArray(String[]::new))
                .ciphers(suites, SupportedCipherSuiteFilter.INSTANCE)
                .sessionTimeout(tickets.lifetime().toSeconds())
                .build();
        contexts.add(context);
        if (BoringSslContext.reachable()) {
            BoringSslContext.choosesByItself(context);
        }
        if (!tickets.versions().contains(TlsVersion.TLSv1_2)
                && context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        }
        if (config.keyLog() != null) {
            BoringSslContext.logKeys(context, config.keyLog());
        }
        return context;
    }

    @Override
    public void install(ChannelHandlerContext behind, ClientHello hello, List<TlsFault> faults, TlsObserver observer) {
        renewTicketKeys();
        SslHandler ssl = newHandler(behind, hello);
        ssl.setHandshakeTimeoutMillis(0); // the listener's own deadline counts
        if (ssl.engine() instanceof ReferenceCountedOpenSslEngine engine) {
            if (clientOrder) {
                SSL.clearOptions(engine.sslPointer(), SSL.SSL_OP_CIPHER_SERVER_PREFERENCE);
            }
            if (hello.newestOf(served).filter(tickets.versions()::contains).isEmpty()) {
                SSL.setOptions(engine.sslPointer(), SSL.SSL_OP_NO_TICKET);
            }
        }
        AlertTap tap = new AlertTap();
        ChannelPipeline pipeline = behind.pipeline();
        pipeline.addAfter(behind.name(), null, new BoringSslOutcomeHandler(ssl, tap, hello, served, observer));
        pipeline.addAfter(behind.name(), null, ssl);
        pipeline.addAfter(behind.name(), null, tap);
    }

    /** Its contexts are freed with this engine, and a connection holds one of them only once it has its handler. */
    private SslHandler newHandler(ChannelHandlerContext behind, ClientHello hello) {
        try {
            return hosts.find(hello.serverName()).newHandler(behind.alloc());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Keys of ours, not of the contexts': those of a renewed certificate open the tickets of the one before. */
    private synchronized void renewTicketKeys() {
        if (tickets.versions().isEmpty()) {
            return;
        }
        List<TicketKeys.Key> present = source.ticketKeys().at(source.clock().instant());
        if (present != ticketKeys) {
            ticketKeys = present;
            OpenSslSessionTicketKey[] keys =
                    present.stream().map(BoringSslEngine::ticketKey).toArray(OpenSslSessionTicketKey[]::new);
            contexts.forEach(context -> ((OpenSslSessionContext) context.sessionContext()).setTicketKeys(keys));
        }
    }

    private static OpenSslSessionTicketKey ticketKey(TicketKeys.Key key) {
        int half = TicketKeys.SECRET_BYTES / 2;
        return new OpenSslSessionTicketKey(
                key.name(), Arrays.copyOf(key.secret(), half), Arrays.copyOfRange(key.secret(), half, 2 * half));
    }

    /** Why BoringSSL cannot serve a configuration, as the beginning of a sentence. */
    static final class IncapableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        IncapableException(String reason) {
            super(reason);
        }
    }
}
