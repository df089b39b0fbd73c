package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.device.event.EventRecords;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Crashes and restarts: the headline of a log that has them. */
final class Crashes {
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{8}(?=[:\\s]|$)");
    private static final int BOOTS_MANY = 4;
    private static final String RISC_V = "MEPC";

    private final Judge judge;
    private final List<Sighting> first = new ArrayList<>();
    private @Nullable Sighting attempt;
    private @Nullable Sighting lastBoot;
    private int crashes;
    private int boots;
    private boolean told;

    Crashes(Judge judge) {
        this.judge = judge;
    }

    /** @param open the attempt that was being made, or null */
    void crashed(Sighting sighting, @Nullable Sighting open) {
        if (!told && !sighting.sign().causes().isEmpty()) {
            told = true;
            crashes++;
            attempt = crashes == 1 ? open : attempt;
        }
        if (crashes <= 1) {
            first.add(sighting);
        }
    }

    void booted(Sighting sighting) {
        if (lastBoot == null || sighting.line().number() - lastBoot.line().number() > 3) {
            boots++;
        }
        lastBoot = sighting;
        told = false;
    }

    /** None where the log has neither a crash nor restarts one after another. */
    Optional<Finding> finding(Backtrace backtrace) {
        if (crashes == 0 && boots < BOOTS_MANY) {
            return Optional.empty();
        }
        List<Cause> causes = new ArrayList<>();
        Episode episode = new Episode(List.of());
        first.forEach(one -> episode.add(one, Optional.of(Part.CRASH)));
        causes.addAll(judge.causes(episode));
        Sighting boot = lastBoot;
        if (boot != null && boots >= BOOTS_MANY) {
            causes.add(new Cause(
                    EventRecords.kind(FirmwareEvent.BootLoop.class),
                    Confidence.CERTAIN,
                    List.of(boot.evidence("the " + boots + "th start in this log")),
                    List.of()));
        }
        return Optional.of(new Finding(Part.CRASH.title(), "", causes, seen(backtrace), Math.max(crashes, 1)));
    }

    private List<Evidence> seen(Backtrace backtrace) {
        List<Evidence> seen = new ArrayList<>();
        if (attempt != null) {
            seen.add(attempt.evidence("what the device was doing: opening this connection"));
        }
        addresses()
                .ifPresent(addresses -> seen.addAll(backtrace.of(addresses.sighting(), addresses.list(), isRiscV())));
        return seen;
    }

    private record Addresses(Sighting sighting, List<String> list) {}

    private Optional<Addresses> addresses() {
        return first.stream()
                .filter(one -> one.line().message().startsWith("Backtrace")
                        || one.line().message().startsWith(RISC_V))
                .findFirst()
                .map(one -> {
                    List<String> list = new ArrayList<>();
                    Matcher addresses = ADDRESS.matcher(one.line().message());
                    while (addresses.find()) {
                        list.add(addresses.group());
                    }
                    return new Addresses(
                            one,
                            list.stream()
                                    .filter(address -> address.startsWith("0x4"))
                                    .toList());
                })
                .filter(addresses -> !addresses.list().isEmpty());
    }

    private boolean isRiscV() {
        return first.stream().anyMatch(one -> one.line().message().startsWith(RISC_V));
    }
}
