package io.fieldloop.device.link.profile;

import io.fieldloop.device.record.RecordCopy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link LinkProfile} by the names that presets and scenario files use.
 *
 * <p>A key of a direction may be written {@code upstream.delay}, {@code downstream.delay}, or {@code delay} for both.
 */
public enum LinkKey {
    DELAY("50ms", "mean one-way delay", path("delay.mean", Quantity::duration)),
    JITTER(
            "20ms",
            "standard deviation of the delay; for uniform, the greatest deviation",
            path("delay.jitter", Quantity::duration)),
    DISTRIBUTION(
            "normal",
            "constant, uniform, normal, lognormal or pareto",
            path("delay.distribution", words(Distribution.class))),
    LOSS("0.5%", "probability of losing a packet", path("loss.probability", Quantity::probability)),
    LOSS_BURST(
            "3",
            "packets lost in a row on average; 1 is independent loss",
            path("loss.burstPacketsMean", LinkKey::atLeastOne)),
    RTO("1500ms", "initial retransmission timeout of the sender", path("loss.rtoInitial", LinkKey::positive)),
    RTO_MAX("60s", "where the timeout stops doubling", path("loss.rtoMax", LinkKey::positive)),
    RETRANSMISSIONS("12", "after which the sender gives up", path("loss.retransmissionsMax", text ->
            (int) Quantity.number(text))),
    BANDWIDTH("5Mbit/s", "bandwidth, or unlimited", path("bitsPerSecond", Quantity::bitsPerSecond)),
    QUEUE(
            "64KiB",
            "how much may wait for the bandwidth before the sender is held back",
            path("queueBytes", Quantity::bytes)),
    SPLIT("1B", "largest piece that arrives at once; 0 leaves writes whole", path("split.bytesMax", Quantity::bytes)),
    SPLIT_EVERY("10ms", "time between two pieces", path("split.every", Quantity::duration)),
    REORDER(
            "1%",
            "probability of holding back a packet so that later ones overtake it; a stream link notices nothing",
            path("disorder.reorderProbability", Quantity::probability)),
    REORDER_BY("20ms", "how long such a packet is held back", path("disorder.reorderBy", LinkKey::positive)),
    DUPLICATE(
            "1%",
            "probability of a packet arriving twice; a stream link notices nothing",
            path("disorder.duplicateProbability", Quantity::probability)),
    CORRUPT(
            "1%",
            "probability of one bit of a UDP datagram being flipped under a checksum that fits, name queries apart; a stream link notices nothing",
            path("disorder.corruptProbability", Quantity::probability)),
    MTU("1500B", "largest IP packet", link("mtuBytes", LinkKey::mtu)),
    OVERSIZE(
            "lost",
            "what becomes of packets above the MTU: clamped (none are sent) or lost (an MTU black hole)",
            link("access.oversize", words(Access.Oversize.class))),
    DNS(
            "silent",
            "what becomes of name queries: answered, silent or failing",
            link("access.names", words(Access.Names.class))),
    ARP("silent", "what becomes of ARP requests: answered or silent", link("access.arp", words(Access.Arp.class))),
    UDP(
            "blocked",
            "what becomes of UDP datagrams: passed, blocked, upstream-blocked or downstream-blocked",
            link("access.udp", words(Access.Udp.class))),
    IP(
            "v6",
            "which IP versions it gives the device addresses for: v4, v6 or both; it matters for a scenario with `names`",
            link("access.ip", words(Access.Ip.class))),
    PROMOTION("300ms", "what waking an idle radio costs", link("promotion.delay", Quantity::duration)),
    PROMOTION_AFTER(
            "10s",
            "time without traffic after which the radio is idle",
            link("promotion.afterIdle", Quantity::duration)),
    PAGING_CYCLE(
            "20480ms",
            "how often an idle device listens for downstream packets (eDRX)",
            link("promotion.pagingCycle", Quantity::duration)),
    NAT_IDLE(
            "300s",
            "how long the operator's NAT remembers an idle TCP connection; 0 is for ever",
            link("nat.tcpIdleMax", Quantity::duration)),
    NAT_IDLE_UDP("30s", "the same for UDP", link("nat.udpIdleMax", Quantity::duration)),
    NAT_EXPIRY(
            "silent",
            "what happens to a packet without a mapping: silent or reset",
            link("nat.expiry", words(NatMapping.Expiry.class))),
    OUTAGE("silent", "what senders meet in an outage: silent or refused", link("outage.how", words(Outage.How.class))),
    OUTAGE_AT("30s", "when the first outage begins", link("outage.window.at", Quantity::duration)),
    OUTAGE_FOR("2s", "how long an outage lasts", link("outage.window.lasting", Quantity::duration)),
    OUTAGE_EVERY("120s", "time between two outages; 0 is once", link("outage.window.every", Quantity::duration)),
    OUTAGE_MAPPING(
            "lost",
            "whether NAT mappings are kept or lost in an outage",
            link("outage.losesMapping", text -> word(Mapping.class, text) == Mapping.LOST)),
    HANDOVER_AT("60s", "when the first handover begins", link("handover.at", Quantity::duration)),
    HANDOVER_GAP("60ms", "how long packets wait in a handover", link("handover.lasting", Quantity::duration)),
    HANDOVER_EVERY("60s", "time between two handovers; 0 is once", link("handover.every", Quantity::duration)),
    CUT(
            "reset",
            "how a connection ends: none, reset, fin, blackhole or aborted (the device's own TCP gives it up, errno 113)",
            link("cut.how", words(Cut.How.class))),
    CUT_DIRECTION(
            "upstream",
            "whose bytes are counted: upstream or downstream",
            link("cut.direction", words(Direction.class))),
    CUT_AT("2000B", "how many bytes still arrive", link("cut.atByte", text -> (long) Quantity.bytes(text))),
    CUT_AFTER(
            "9s",
            "how long after it was established a connection ends; 0 goes by cut-at",
            link("cut.after", Quantity::duration)),
    PLAINTEXT_UPGRADE(
            "reset",
            "what the operator does to an unencrypted upgrade: allowed, reset, swallowed or forbidden",
            link("plaintextUpgrade", words(PlaintextUpgrade.class)));

    private final String example;
    private final String explanation;
    // Functions without state; Error Prone cannot see that.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Setting setting;

    LinkKey(String example, String explanation, Setting setting) {
        this.example = example;
        this.explanation = explanation;
        this.setting = setting;
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
        return setting.isPerDirection();
    }

    /** Every key without a direction, in order. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(LinkKey::kebab).toList();
    }

    static LinkProfile set(LinkProfile profile, String name, String value) {
        int dot = name.indexOf('.');
        LinkKey key = named(name.substring(dot + 1));
        try {
            Direction direction = dot < 0 ? null : word(Direction.class, name.substring(0, dot));
            if (direction == null || key.isPerDirection()) {
                return key.setting.set(profile, direction, value);
            }
        } catch (LinkProfileException e) {
            throw new LinkProfileException("Link setting " + name + ": " + e.getMessage() + ".");
        }
        throw new LinkProfileException("Link setting " + key.wireName() + " holds for the whole link: write it without "
                + name.substring(0, dot) + ".");
    }

    /** The key of that name, without a direction. */
    public static LinkKey named(String name) {
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

    private static <E extends Enum<E>> Function<String, Object> words(Class<E> type) {
        return text -> word(type, text);
    }

    private static Setting path(String component, Function<String, Object> reader) {
        return new Setting(component, reader, true);
    }

    private static Setting link(String component, Function<String, Object> reader) {
        return new Setting(component, reader, false);
    }

    private enum Mapping {
        KEPT,
        LOST
    }

    /** Where in a profile, or in each of its directions, the value of a text goes. */
    private record Setting(String component, Function<String, Object> reader, boolean isPerDirection) {
        LinkProfile set(LinkProfile profile, @Nullable Direction direction, String text) {
            Object value = reader.apply(text);
            if (!isPerDirection) {
                return RecordCopy.with(profile, component, value);
            }
            LinkProfile changed = profile;
            for (Direction each : Direction.values()) {
                if (direction == null || direction == each) {
                    changed = RecordCopy.with(changed, kebab(each) + "." + component, value);
                }
            }
            return changed;
        }
    }
}
