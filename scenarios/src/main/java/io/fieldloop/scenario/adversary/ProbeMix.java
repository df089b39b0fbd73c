package io.fieldloop.scenario.adversary;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Probes that arrive together, each as often as its weight says; a single probe is a mix of one.
 *
 * @param name as a scenario file writes it
 */
public record ProbeMix(String name, String imitates, String source, List<Weighted> members) {
    public ProbeMix {
        members = List.copyOf(members);
    }

    static ProbeMix of(Probe probe) {
        return new ProbeMix(probe.name(), probe.imitates(), probe.source(), List.of(new Weighted(probe, 1)));
    }

    /** The members that make sense against {@code listener}; possibly none. */
    ProbeMix against(String listener) {
        return new ProbeMix(
                name,
                imitates,
                source,
                members.stream()
                        .filter(member -> member.probe().listeners().contains(listener))
                        .toList());
    }

    Probe draw(RandomGenerator random) {
        int remaining =
                random.nextInt(members.stream().mapToInt(Weighted::weight).sum());
        for (Weighted member : members) {
            remaining -= member.weight();
            if (remaining < 0) {
                return member.probe();
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    /** A probe and how often it comes, relative to the other members. */
    public record Weighted(Probe probe, int weight) {}
}
