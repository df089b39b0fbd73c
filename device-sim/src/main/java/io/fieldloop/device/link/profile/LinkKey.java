package io.fieldloop.device.link.profile;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * The settings of a {@link LinkProfile} by the names that presets and scenario files use.
 *
 * <p>A key of a direction may be written {@code upstream.delay}, {@code downstream.delay}, or {@code delay} for both.
 */
public enum LinkKey {
    DELAY("50ms", "mean one-way delay", path((p, v) -> p.withDelay(p.delay().withMean(Quantity.duration(v))))),
    JITTER(
            "20ms",
            "standard deviation of the delay; for uniform, the greatest deviation",
            path((p, v) -> p.withDelay(p.delay().withJitter(Quantity.duration(v))))),
    DISTRIBUTION(
            "normal",
            "constant, uniform, normal, lognormal or pareto",
            path((p, v) -> p.withDelay(p.delay().withDistribution(word(Distribution.class, v))))),
    LOSS(
            "0.5%",
            "probability of losing a packet",
            path((p, v) -> p.withLoss(p.loss().withProbability(Quantity.probability(v))))),
    LOSS_BURST(
            "3",
            "packets lost in a row on average; 1 is independent loss",
            path((p, v) -> p.withLoss(p.loss().withBurstPacketsMean(atLeastOne(v))))),
    RTO(
            "1500ms",
            "initial retransmission timeout of the sender",
            path((p, v) -> p.withLoss(p.loss().withRtoInitial(positive(v))))),
    RTO_MAX(
            "60s",
            "where the timeout stops doubling",
            path((p, v) -> p.withLoss(p.loss().withRtoMax(positive(v))))),
    RETRANSMISSIONS(
            "12",
            "after which the sender gives up",
            path((p, v) -> p.withLoss(p.loss().withRetransmissionsMax((int) Quantity.number(v))))),
    BANDWIDTH("5Mbit/s", "bandwidth, or unlimited", path((p, v) -> p.withBitsPerSecond(Quantity.bitsPerSecond(v)))),
    QUEUE(
            "64KiB",
            "how much may wait for the bandwidth before the sender is held back",
            path((p, v) -> p.withQueueBytes(Quantity.bytes(v)))),
    SPLIT(
            "1B",
            "largest piece that arrives at once; 0 leaves writes whole",
            path((p, v) -> p.withSplit(new Split(Quantity.bytes(v), p.split().every())))),
    SPLIT_EVERY(
            "10ms",
            "time between two pieces",
            path((p, v) -> p.withSplit(new Split(p.split().bytesMax(), Quantity.duration(v))))),
    REORDER(
            "1%",
            "probability of holding back a packet so that later ones overtake it; a stream link notices nothing",
            disorder((d, v) -> new Disorder(Quantity.probability(v), d.reorderBy(), d.duplicateProbability()))),
    REORDER_BY(
            "20ms",
            "how long such a packet is held back",
            disorder((d, v) -> new Disorder(d.reorderProbability(), positive(v), d.duplicateProbability()))),
    DUPLICATE(
            "1%",
            "probability of a packet arriving twice; a stream link notices nothing",
            disorder((d, v) -> new Disorder(d.reorderProbability(), d.reorderBy(), Quantity.probability(v)))),
    MTU("1500B", "largest IP packet", link((p, v) -> p.withMtuBytes(mtu(v)))),
    OVERSIZE(
            "lost",
            "what becomes of packets above the MTU: clamped (none are sent) or lost (an MTU black hole)",
            access((a, v) -> new Access(word(Access.Oversize.class, v), a.names(), a.arp()))),
    DNS(
            "silent",
            "what becomes of name queries: answered, silent or failing",
            access((a, v) -> new Access(a.oversize(), word(Access.Names.class, v), a.arp()))),
    ARP(
            "silent",
            "what becomes of ARP requests: answered or silent",
            access((a, v) -> new Access(a.oversize(), a.names(), word(Access.Arp.class, v)))),
    PROMOTION(
            "300ms",
            "what waking an idle radio costs",
            link((p, v) -> p.withPromotion(new Promotion(
                    Quantity.duration(v),
                    p.promotion().afterIdle(),
                    p.promotion().pagingCycle())))),
    PROMOTION_AFTER(
            "10s",
            "time without traffic after which the radio is idle",
            link((p, v) -> p.withPromotion(new Promotion(
                    p.promotion().delay(), Quantity.duration(v), p.promotion().pagingCycle())))),
    PAGING_CYCLE(
            "20480ms",
            "how often an idle device listens for downstream packets (eDRX)",
            link((p, v) -> p.withPromotion(
                    new Promotion(p.promotion().delay(), p.promotion().afterIdle(), Quantity.duration(v))))),
    NAT_IDLE(
            "300s",
            "how long the operator's NAT remembers an idle TCP connection; 0 is for ever",
            link((p, v) -> p.withNat(new NatMapping(
                    Quantity.duration(v), p.nat().udpIdleMax(), p.nat().expiry())))),
    NAT_IDLE_UDP(
            "30s",
            "the same for UDP",
            link((p, v) -> p.withNat(new NatMapping(
                    p.nat().tcpIdleMax(), Quantity.duration(v), p.nat().expiry())))),
    NAT_EXPIRY(
            "silent",
            "what happens to a packet without a mapping: silent or reset",
            link((p, v) -> p.withNat(
                    new NatMapping(p.nat().tcpIdleMax(), p.nat().udpIdleMax(), word(NatMapping.Expiry.class, v))))),
    OUTAGE(
            "silent",
            "what senders meet in an outage: silent or refused",
            outage((o, v) -> new Outage(o.window(), word(Outage.How.class, v), o.losesMapping()))),
    OUTAGE_AT("30s", "when the first outage begins", outage((o, v) -> o.withWindow(at(o.window(), v)))),
    OUTAGE_FOR("2s", "how long an outage lasts", outage((o, v) -> o.withWindow(lasting(o.window(), v)))),
    OUTAGE_EVERY("120s", "time between two outages; 0 is once", outage((o, v) -> o.withWindow(every(o.window(), v)))),
    OUTAGE_MAPPING(
            "lost",
            "whether NAT mappings are kept or lost in an outage",
            outage((o, v) -> new Outage(o.window(), o.how(), word(Mapping.class, v) == Mapping.LOST))),
    HANDOVER_AT("60s", "when the first handover begins", link((p, v) -> p.withHandover(at(p.handover(), v)))),
    HANDOVER_GAP(
            "60ms", "how long packets wait in a handover", link((p, v) -> p.withHandover(lasting(p.handover(), v)))),
    HANDOVER_EVERY(
            "60s", "time between two handovers; 0 is once", link((p, v) -> p.withHandover(every(p.handover(), v)))),
    CUT(
            "reset",
            "how a connection ends at a byte: none, reset, fin or blackhole",
            link((p, v) -> p.withCut(
                    new Cut(word(Cut.How.class, v), p.cut().direction(), p.cut().atByte())))),
    CUT_DIRECTION(
            "upstream",
            "whose bytes are counted: upstream or downstream",
            link((p, v) -> p.withCut(
                    new Cut(p.cut().how(), word(Direction.class, v), p.cut().atByte())))),
    CUT_AT(
            "2000B",
            "how many bytes still arrive",
            link((p, v) -> p.withCut(new Cut(p.cut().how(), p.cut().direction(), Quantity.bytes(v))))),
    PLAINTEXT_UPGRADE(
            "reset",
            "what the operator does to an unencrypted upgrade: allowed, reset, swallowed or forbidden",
            link((p, v) -> p.withPlaintextUpgrade(word(PlaintextUpgrade.class, v))));

    private final String example;
    private final String explanation;
    // A lambda over a lambda, all without state; Error Prone cannot see that through BiFunction.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Setter setter;

    LinkKey(String example, String explanation, Setter setter) {
        this.example = example;
        this.explanation = explanation;
        this.setter = setter;
    }

    /** The key as files write it, such as {@code nat-idle}. */
    public String wireName() {
        return kebab(this);
    }

    /** A value it can have. */
    public String example() {
        return example;
    }

    /** What it means, as a noun phrase. */
    public String explanation() {
        return explanation;
    }

    /** Whether it may be set for one direction alone. */
    public boolean isPerDirection() {
        return setter instanceof PathSetter;
    }

    /** Every key without a direction, in order. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(LinkKey::kebab).toList();
    }

    static LinkProfile set(LinkProfile profile, String name, String value) {
        int dot = name.indexOf('.');
        LinkKey key = named(name.substring(dot + 1));
        try {
            if (dot < 0) {
                return key.setter.set(profile, value);
            }
            Direction direction = word(Direction.class, name.substring(0, dot));
            if (key.setter instanceof PathSetter setter) {
                return setter.set(profile, direction, value);
            }
        } catch (LinkProfileException e) {
            throw new LinkProfileException("Link setting " + name + ": " + e.getMessage() + ".");
        }
        throw new LinkProfileException("Link setting " + key.wireName() + " holds for the whole link: write it without "
                + name.substring(0, dot) + ".");
    }

    private static LinkKey named(String name) {
        for (LinkKey key : values()) {
            if (key.wireName().equals(name)) {
                return key;
            }
        }
        throw new LinkProfileException("Unknown link setting '" + name + "'" + Nearest.hint(name, wireNames()));
    }

    private static <E extends Enum<E>> E word(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (kebab(constant).equals(text.trim())) {
                return constant;
            }
        }
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(LinkKey::kebab).toList();
        throw Quantity.expected(text, "one of " + String.join(", ", words));
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double atLeastOne(String text) {
        double value = Quantity.number(text);
        if (value < 1) {
            throw Quantity.expected(text, "a number of at least 1");
        }
        return value;
    }

    private static Duration positive(String text) {
        Duration value = Quantity.duration(text);
        if (value.isZero()) {
            throw Quantity.expected(text, "a duration above zero");
        }
        return value;
    }

    private static int mtu(String text) {
        int bytes = Quantity.bytes(text);
        // RFC 791: every internet module must be able to forward a datagram of 68 bytes.
        if (bytes < 68 || bytes > 65_535) {
            throw Quantity.expected(text, "a packet size from 68B to 65535B");
        }
        return bytes;
    }

    private static Window at(Window window, String text) {
        return new Window(Quantity.duration(text), window.lasting(), window.every());
    }

    private static Window lasting(Window window, String text) {
        return new Window(window.at(), Quantity.duration(text), window.every());
    }

    private static Window every(Window window, String text) {
        return new Window(window.at(), window.lasting(), Quantity.duration(text));
    }

    private static Setter path(BiFunction<PathProfile, String, PathProfile> change) {
        return (PathSetter)
                (profile, direction, text) -> profile.withPath(direction, change.apply(profile.path(direction), text));
    }

    private static Setter link(BiFunction<LinkProfile, String, LinkProfile> change) {
        return change::apply;
    }

    private static Setter outage(BiFunction<Outage, String, Outage> change) {
        return (profile, text) -> profile.withOutage(change.apply(profile.outage(), text));
    }

    private static Setter disorder(BiFunction<Disorder, String, Disorder> change) {
        return path((path, text) -> path.withDisorder(change.apply(path.disorder(), text)));
    }

    private static Setter access(BiFunction<Access, String, Access> change) {
        return (profile, text) -> profile.withAccess(change.apply(profile.access(), text));
    }

    private enum Mapping {
        KEPT,
        LOST
    }

    private interface Setter {
        LinkProfile set(LinkProfile profile, String text);
    }

    private interface PathSetter extends Setter {
        LinkProfile set(LinkProfile profile, Direction direction, String text);

        @Override
        default LinkProfile set(LinkProfile profile, String text) {
            return set(set(profile, Direction.UPSTREAM, text), Direction.DOWNSTREAM, text);
        }
    }
}
