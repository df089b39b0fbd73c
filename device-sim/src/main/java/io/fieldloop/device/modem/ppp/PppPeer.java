package io.fieldloop.device.modem.ppp;

import static io.fieldloop.device.modem.ppp.ControlPacket.CODE_REJECT;
import static io.fieldloop.device.modem.ppp.ControlPacket.CONFIGURE_REJECT;
import static io.fieldloop.device.modem.ppp.ControlPacket.CONFIGURE_REQUEST;
import static io.fieldloop.device.modem.ppp.ControlPacket.DISCARD_REQUEST;
import static io.fieldloop.device.modem.ppp.ControlPacket.ECHO_REPLY;
import static io.fieldloop.device.modem.ppp.ControlPacket.ECHO_REQUEST;
import static io.fieldloop.device.modem.ppp.ControlPacket.PROTOCOL_REJECT;
import static io.fieldloop.device.modem.ppp.ControlPacket.TERMINATE_ACK;
import static io.fieldloop.device.modem.ppp.ControlPacket.TERMINATE_REQUEST;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The network's end of PPP on a serial line: agrees on the line (LCP), asks who is there (PAP, CHAP), gives an address and a name server
 * (IPCP), and passes IPv4 packets on. Bytes are the characters of strings.
 *
 * <p>What it does not speak, such as compression or IPv6, is refused, as modems refuse it.
 */
public final class PppPeer {

    private static final int LCP = 0xc021;
    private static final int IPCP = 0x8021;
    private static final int IPV4 = 0x0021;
    private static final int ESCAPES_ALL = -1;

    private static final int MRU = 1;
    private static final int ACCM = 2;
    private static final int AUTHENTICATION = 3;
    private static final int MAGIC = 5;
    private static final int SHORT_PROTOCOL = 7;
    private static final int SHORT_ADDRESS = 8;

    private static final int ADDRESS = 3;
    private static final int DNS = 129;
    private static final int SECOND_DNS = 131;
    private static final int UNIT_BYTES_MAX = 1500;
    private static final String NO_MAGIC = "\u0000\u0000\u0000\u0000";
    private static final String OWN_MAGIC = "Fldl";

    private final PppSettings settings;
    private final Consumer<String> line;
    private final Consumer<String> network;
    private final Runnable ended;
    private final HdlcDecoder decoder = new HdlcDecoder(this::received);
    private final Authentication authentication;
    private final Negotiation lcp;
    private final Negotiation ipcp;
    private int escaped = ESCAPES_ALL;
    private boolean answersEchoes = true;
    private boolean over;

    /** @param ended told when the session is over for both ends */
    public PppPeer(
            PppSettings settings, PppTimer timer, Consumer<String> line, Consumer<String> network, Runnable ended) {
        this.settings = settings;
        this.line = line;
        this.network = network;
        this.ended = ended;
        this.authentication = new Authentication(settings, this::send);
        this.lcp = new Negotiation(new LineTerms(), packet -> send(LCP, packet), timer);
        this.ipcp = new Negotiation(new AddressTerms(), packet -> send(IPCP, packet), timer);
    }

    public void begin() {
        lcp.begin();
    }

    /** Bytes came from the device. */
    public void receive(String bytes) {
        decoder.receive(bytes);
    }

    /** An IPv4 packet for the device; lost while there is no session. */
    public void send(String packet) {
        if (ipcp.isOpen()) {
            line.accept(Hdlc.frame(IPV4, packet, escaped));
        }
    }

    /** Whether IPv4 passes. */
    public boolean isUp() {
        return ipcp.isOpen();
    }

    /** Ends the session by a request of its own, as networks do. */
    public void terminate() {
        send(LCP, new ControlPacket(TERMINATE_REQUEST, 1, ""));
    }

    /** From now on it leaves the device's echo requests unanswered. */
    public void ignoreEchoes() {
        answersEchoes = false;
    }

    /** The line is gone. */
    public void stop() {
        over = true;
        lcp.stop();
        ipcp.stop();
    }

    private void end() {
        if (!over) {
            stop();
            ended.run();
        }
    }

    private void send(int protocol, ControlPacket packet) {
        if (!over) {
            line.accept(Hdlc.frame(protocol, packet.encode(), protocol == LCP ? ESCAPES_ALL : escaped));
        }
    }

    private void received(int protocol, String payload) {
        if (over) {
            return;
        }
        ControlPacket packet = ControlPacket.parse(payload);
        if (protocol == LCP && packet != null) {
            line(packet);
        } else if (lcp.isOpen()) {
            aboveLine(protocol, payload, packet);
        }
    }

    private void aboveLine(int protocol, String payload, @Nullable ControlPacket packet) {
        if (protocol == IPV4) {
            if (ipcp.isOpen()) {
                network.accept(payload);
            }
        } else if (protocol == IPCP && packet != null) {
            address(packet);
        } else if (protocol == Authentication.PAP || protocol == Authentication.CHAP) {
            if (packet != null && !ipcp.isOpen()) {
                identified(authentication.lets(protocol, packet));
            }
        } else {
            String named = "" + (char) (protocol >> 8) + (char) (protocol & 0xff) + payload;
            send(
                    LCP,
                    new ControlPacket(
                            PROTOCOL_REJECT, 1, named.substring(0, Math.min(named.length(), UNIT_BYTES_MAX - 4))));
        }
    }

    private void identified(boolean known) {
        if (known) {
            ipcp.begin();
        } else {
            terminate();
        }
    }

    private void line(ControlPacket packet) {
        int code = packet.code();
        if (code >= CONFIGURE_REQUEST && code <= CONFIGURE_REJECT) {
            lcp.received(packet);
        } else if (code == TERMINATE_REQUEST) {
            send(LCP, new ControlPacket(TERMINATE_ACK, packet.id(), ""));
            end();
        } else if (code == TERMINATE_ACK) {
            end();
        } else if (code == ECHO_REQUEST) {
            if (answersEchoes && lcp.isOpen()) {
                String rest = packet.data().length() > 4 ? packet.data().substring(4) : "";
                send(LCP, new ControlPacket(ECHO_REPLY, packet.id(), OWN_MAGIC + rest));
            }
        } else if (code > DISCARD_REQUEST || code == 0) {
            send(LCP, new ControlPacket(CODE_REJECT, 1, packet.encode()));
        }
    }

    private void address(ControlPacket packet) {
        int code = packet.code();
        if (code >= CONFIGURE_REQUEST && code <= CONFIGURE_REJECT) {
            ipcp.received(packet);
        } else if (code == TERMINATE_REQUEST) {
            send(IPCP, new ControlPacket(TERMINATE_ACK, packet.id(), ""));
            ipcp.stop();
        }
    }

    /** LCP: no character has to be escaped for us; that somebody has to say who it is, is not negotiable. */
    private final class LineTerms implements Negotiation.Terms {

        private final List<PppOption> wanted = new ArrayList<>();

        LineTerms() {
            wanted.add(new PppOption(ACCM, NO_MAGIC));
            wanted.add(new PppOption(MAGIC, OWN_MAGIC));
            if (settings.asks() != PppSettings.Asks.NONE) {
                wanted.add(new PppOption(AUTHENTICATION, authentication.demand()));
            }
        }

        @Override
        public List<PppOption> wanted() {
            return wanted;
        }

        @Override
        public @Nullable PppOption judge(PppOption offered) {
            return switch (offered.type()) {
                case MRU -> offered.value().length() == 2 ? offered : null;
                case ACCM -> offered.value().length() == 4 ? offered : null;
                case MAGIC ->
                    offered.value().equals(OWN_MAGIC) || offered.value().equals(NO_MAGIC)
                            ? new PppOption(MAGIC, "lFdl") // a line that leads back to its sender
                            : offered;
                case SHORT_PROTOCOL, SHORT_ADDRESS -> offered;
                default -> null;
            };
        }

        @Override
        public void refused(PppOption option) {
            if (option.type() == AUTHENTICATION) {
                terminate();
                lcp.stop();
            } else {
                wanted.removeIf(own -> own.type() == option.type());
            }
        }

        @Override
        public void opened(List<PppOption> theirs) {
            escaped = theirs.stream()
                    .filter(option -> option.type() == ACCM)
                    .mapToInt(option -> number(option.value()))
                    .findFirst()
                    .orElse(ESCAPES_ALL);
            decoder.skips(wanted.stream().anyMatch(own -> own.type() == ACCM) ? 0 : ESCAPES_ALL);
            if (settings.asks() == PppSettings.Asks.NONE) {
                ipcp.begin();
            } else {
                authentication.begin();
            }
        }

        @Override
        public void closed() {
            ipcp.stop();
            escaped = ESCAPES_ALL;
            if (!lcp.isOpen() && !over) {
                decoder.skips(ESCAPES_ALL);
            }
        }

        private static int number(String bytes) {
            return bytes.charAt(0) << 24 | bytes.charAt(1) << 16 | bytes.charAt(2) << 8 | bytes.charAt(3);
        }
    }

    /** IPCP: its addresses are what the settings say, whatever the device has in mind. */
    private final class AddressTerms implements Negotiation.Terms {

        private boolean ownAddress = true;

        @Override
        public List<PppOption> wanted() {
            return ownAddress ? List.of(new PppOption(ADDRESS, PppSettings.bytesOf(settings.gateway()))) : List.of();
        }

        @Override
        public @Nullable PppOption judge(PppOption offered) {
            return switch (offered.type()) {
                case ADDRESS -> new PppOption(ADDRESS, PppSettings.bytesOf(settings.device()));
                case DNS, SECOND_DNS -> new PppOption(offered.type(), PppSettings.bytesOf(settings.dns()));
                default -> null;
            };
        }

        @Override
        public void refused(PppOption option) {
            ownAddress = option.type() != ADDRESS && ownAddress;
        }

        @Override
        public void opened(List<PppOption> theirs) {}

        @Override
        public void closed() {}
    }
}
