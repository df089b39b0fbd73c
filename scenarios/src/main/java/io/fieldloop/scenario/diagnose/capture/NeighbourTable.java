package io.fieldloop.scenario.diagnose.capture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What ARP (RFC 826) says on a local network: who claims which address, and which was asked for in vain. */
public final class NeighbourTable {
    private static final int ADDRESSES_MAX = 5000;

    private final Map<Integer, Claims> claims = new HashMap<>();
    private final Map<Long, Question> questions = new LinkedHashMap<>();

    /** A claim to an address: by which hardware address, and in which packet. */
    public record Claim(String hardware, long packet, long nanos) {}

    /** One address that two machines claim, the first of which did so again after the other. */
    public record Conflict(String address, Claim first, Claim other, Claim again) {}

    private static final class Claims {
        private final Claim first;
        private @Nullable Claim other;
        private @Nullable Claim again;

        Claims(Claim first) {
            this.first = first;
        }

        void add(Claim claim) {
            if (other == null && !claim.hardware().equals(first.hardware())) {
                other = claim;
            } else if (other != null && again == null && claim.hardware().equals(first.hardware())) {
                again = claim;
            }
        }
    }

    /** An address that somebody asked for. */
    public static final class Question {
        private final String asker;
        private final String address;
        private final long packet;
        private int times;

        Question(String asker, String address, long packet) {
            this.asker = asker;
            this.address = address;
            this.packet = packet;
        }

        public String asker() {
            return asker;
        }

        public String address() {
            return address;
        }

        /** The first in which it was asked. */
        public long packet() {
            return packet;
        }

        public int times() {
            return times;
        }
    }

    /** Whether it is about ARP at all. */
    public boolean accept(Packet packet) {
        int at = LinkLayer.addressResolution(packet);
        if (at < 0) {
            return false;
        }
        byte[] bytes = packet.bytes();
        int sender = Octets.i32(bytes, at + 14);
        int target = Octets.i32(bytes, at + 24);
        if (sender != 0) { // a probe asks whether anybody has the address, and claims none yet (RFC 5227)
            claim(sender, new Claim(hardware(bytes, at + 8), packet.number(), packet.nanos()));
        }
        if (Octets.u16(bytes, at + 6) == 1 && sender != 0 && sender != target && questions.size() < ADDRESSES_MAX) {
            questions.computeIfAbsent(
                            (long) sender << 32 | Integer.toUnsignedLong(target),
                            any -> new Question(text(sender), text(target), packet.number()))
                    .times++;
        }
        return true;
    }

    private void claim(int address, Claim claim) {
        Claims known = claims.get(address);
        if (known != null) {
            known.add(claim);
        } else if (claims.size() < ADDRESSES_MAX) {
            claims.put(address, new Claims(claim));
        }
    }

    private static String hardware(byte[] bytes, int at) {
        return String.format(
                        Locale.ROOT,
                        "%012x",
                        (long) Octets.u16(bytes, at) << 32 | Integer.toUnsignedLong(Octets.i32(bytes, at + 2)))
                .replaceAll("(..)(?!$)", "$1:");
    }

    private static String text(int address) {
        Address filled = new Address();
        filled.v4(address);
        return Address.text(filled.high(), filled.low());
    }

    /** Addresses that two machines claim. */
    public List<Conflict> conflicts() {
        List<Conflict> conflicts = new ArrayList<>();
        claims.forEach((address, of) -> {
            if (of.other != null && of.again != null) {
                conflicts.add(new Conflict(text(address), of.first, of.other, of.again));
            }
        });
        return conflicts;
    }

    /** Questions about addresses that nobody claimed in all of the capture. */
    public Collection<Question> unanswered() {
        return questions.entrySet().stream()
                .filter(one -> !claims.containsKey((int) (long) one.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
