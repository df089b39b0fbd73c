package io.fieldloop.scenario.live;

import io.fieldloop.scenario.model.OutageKind;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.model.gateway.FaultSpec;
import io.fieldloop.scenario.shape.DurationText;
import io.fieldloop.scenario.shape.Names;
import io.netty.util.NetUtil;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what was recorded as a scenario file: devices by the protocol they spoke, steps at their times, faults that acted as expectations. */
final class RecordedScenario {
    private static final Map<String, String> WHERE = Map.of(
            "ws", "url: \"ws://gateway.test:8000/xiaozhi/v1/\"",
            "wss", "url: \"wss://gateway.test/xiaozhi/v1/\"",
            "mqtt", "mqtt: { endpoint: \"gateway.test:1883\" }",
            "mqtts", "mqtt: {}");

    /** So late a step may begin where the one before is still waited for; more would be another course of things. */
    private static final Duration LATE_MAX = Duration.ofSeconds(1);

    /** No reader follows a file further to the right. */
    private static final int DEPTH_MAX = 40;

    private final List<LiveRecording.Entry> entries;
    private final Map<String, LiveRecording.Device> devices;
    private final String link;
    private final Instant ended;
    private final List<String> ids;
    private final StringBuilder file = new StringBuilder();
    private final List<String> connected = new ArrayList<>();
    private final int ofNobody;

    RecordedScenario(
            List<LiveRecording.Entry> entries, Map<String, LiveRecording.Device> devices, String link, Instant ended) {
        this.entries = new ArrayList<>(entries);
        this.devices = devices;
        this.link = link;
        this.ended = ended;
        this.ids = List.copyOf(devices.keySet());
        this.entries.removeIf(entry ->
                entry instanceof LiveRecording.Attempt attempt && who(attempt).isEmpty());
        this.ofNobody = entries.size() - this.entries.size();
    }

    String text(String gateway, Set<String> acted, long leftOut) {
        line("# Recorded by fieldloop serve --save-scenario.");
        line(
                "# What firmware a device has is not seen from outside; give each its own profile, and checks-dates where it checks dates.");
        if (leftOut + ofNobody > 0) {
            line("# " + (leftOut + ofNobody)
                    + " connections and changes are not in here: there were too many, or nobody said whose.");
        }
        line("scenario: \"Recorded at a gateway for real devices, " + began().truncatedTo(ChronoUnit.SECONDS) + "\"");
        line("why: \"What was done by hand while devices were connected, to be done again.\"");
        line("gateway: " + gateway);
        line("link: " + link);
        line("devices:");
        if (ids.isEmpty()) {
            line("  device-1: { profile: xiaozhi-wifi }");
        }
        devices.forEach((id, device) -> line("  " + name(id) + ": { profile: "
                + (device.xiaozhi() ? "xiaozhi-wifi" : "esp-mqtt") + ", " + WHERE.get(device.listener()) + " }"));
        line("steps:");
        if (ids.isEmpty()) {
            line("  - connect: device-1");
        }
        steps(0, "  ");
        line("  - { at: " + offset(ended) + ", wait: 1s }");
        line("expect:");
        devices.forEach((id, device) -> {
            if (device.online()) {
                line("  - { device: " + name(id) + ", is: online }");
            }
        });
        Set<String> again = metByDevices();
        again.forEach(fault -> line("  - { event: fault-applied, where: { fault: " + fault + " } }"));
        acted.stream().filter(fault -> !again.contains(fault)).forEach(fault -> any(fault, "it acted on a stranger"));
        idle(acted).forEach(fault -> any(fault, "it never acted"));
        line("  - { event: gateway-started }");
        return file.toString();
    }

    private void any(String fault, String why) {
        line("  - { event: fault-applied, where: { fault: " + fault + " }, count: \">= 0\" }  # " + why);
    }

    /** The faults that act again when the file is run, since it has a device that met them. */
    private Set<String> metByDevices() {
        return entries.stream()
                .filter(LiveRecording.Attempt.class::isInstance)
                .flatMap(entry -> ((LiveRecording.Attempt) entry).met().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Named, too, since a fault that no expectation names must act. */
    private Stream<String> idle(Set<String> acted) {
        return entries.stream()
                .filter(LiveRecording.Faults.class::isInstance)
                .flatMap(entry -> ((LiveRecording.Faults) entry).all().stream())
                .flatMap(request -> Optional.ofNullable(request.fault()).stream())
                .map(FaultSpec::name)
                .filter(fault -> !acted.contains(fault))
                .distinct();
    }

    /** Whatever comes while an attempt is not decided is done meanwhile, since the next step would wait for it. */
    private void steps(int from, String indent) {
        for (int i = from; i < entries.size(); i++) {
            LiveRecording.Entry entry = entries.get(i);
            if (!(entry instanceof LiveRecording.Attempt attempt)) {
                write(entry, indent);
            } else {
                String id = who(attempt).orElseThrow();
                String verb = verb(attempt, i, connected.contains(id));
                connected.add(id);
                if (verb.isEmpty()) {
                    continue;
                }
                boolean waits = i + 1 == entries.size()
                        || attempt.settledBy(entries.get(i + 1).at().plus(LATE_MAX));
                if (!waits && indent.length() < DEPTH_MAX) {
                    line(indent + "- at: " + offset(attempt.at()));
                    line(indent + "  " + verb + ": " + name(id));
                    int before = file.length();
                    line(indent + "  meanwhile:");
                    int empty = file.length();
                    steps(i + 1, indent + "    ");
                    if (file.length() == empty) {
                        file.setLength(before);
                    }
                    return;
                }
                step(attempt.at(), verb + ": " + name(id), indent);
            }
        }
    }

    /** One that connects by itself has done so when a scenario begins, and does again when it restarts. */
    private static String verb(LiveRecording.Attempt attempt, int place, boolean again) {
        if (attempt.standing()) {
            return place == 0 ? "" : "reset-device";
        }
        return again ? "reconnect" : "connect";
    }

    private void write(LiveRecording.Entry entry, String indent) {
        if (entry instanceof LiveRecording.Talk talk) {
            step(talk.at(), "reconnect: " + name(talk.device()), indent);
        } else if (entry instanceof LiveRecording.Faults faults) {
            String all = faults.all().stream()
                    .flatMap(request -> line(request).stream())
                    .collect(Collectors.joining(", "));
            step(entry.at(), "faults: { faults: [" + all + "], open-sessions: true }", indent);
        } else if (entry instanceof LiveRecording.Change change) {
            change(change).ifPresent(text -> step(entry.at(), text, indent));
        } else if (entry instanceof LiveRecording.Ended over) {
            restored(over.request()).ifPresent(text -> {
                step(entry.at(), text, indent);
                over.others().forEach(other -> line(other).ifPresent(again -> step(entry.at(), again, indent)));
            });
        }
    }

    /** One that was taken off before its time lasts as long as it did. */
    private Optional<String> change(LiveRecording.Change change) {
        Step step = change.request().step();
        Instant over = entries.stream()
                .filter(entry -> entry instanceof LiveRecording.Ended end && end.number() == change.number())
                .map(LiveRecording.Entry::at)
                .findFirst()
                .orElse(ended);
        String whose = whose(change.request().of()).orElse(null);
        if (whose == null) {
            return Optional.empty();
        }
        String lasted =
                DurationText.print(millis(Duration.between(change.at(), over)).plusMillis(1));
        if (step instanceof Step.Outage outage) {
            String how = outage.how() == OutageKind.REFUSED ? ", how: refused" : "";
            return Optional.of("outage: { for: " + lasted + how + ", of: " + whose + " }");
        }
        return step instanceof Step.Blackhole
                ? Optional.of("blackhole: { for: " + lasted + ", of: " + whose + " }")
                : line(change.request());
    }

    private Optional<String> restored(LiveRequest request) {
        if (request.step() instanceof Step.ChangeLink) {
            return whose(request.of()).map(whose -> "link: { base: " + link + ", of: " + whose + " }");
        }
        if (request.step() instanceof Step.ChangeName change) {
            return Optional.of("names: { of: " + change.of() + ", a: [gateway] }");
        }
        return request.step() instanceof Step.RenewCertificate
                ? Optional.of("renew-certificate: {}")
                : Optional.empty();
    }

    private Optional<String> line(LiveRequest request) {
        return whose(request.of()).map(whose -> request.line(this::whose));
    }

    private Optional<String> whose(Names names) {
        if (names.isAll()) {
            return Optional.of(Names.ALL);
        }
        List<String> known = names.names().stream()
                .flatMap(name -> whose(name).stream())
                .distinct()
                .toList();
        return known.isEmpty() ? Optional.empty() : Optional.of(known.size() == 1 ? known.get(0) : known.toString());
    }

    /** Of an address all devices that came from there: behind one NAT are many. */
    private List<String> whose(String name) {
        return ids.stream()
                .filter(id -> id.equals(name)
                        || NetUtil.toAddressString(device(id).source()).equals(name))
                .map(this::name)
                .toList();
    }

    private Optional<String> who(LiveRecording.Attempt attempt) {
        if (attempt.device() != null) {
            return Optional.of(attempt.device());
        }
        List<String> there = ids.stream()
                .filter(id -> device(id).source().equals(attempt.source()))
                .toList();
        List<String> likely = there.size() == 1
                ? there
                : there.stream().filter(id -> isMeant(id, attempt)).toList();
        return likely.size() == 1 ? Optional.of(likely.get(0)) : Optional.empty();
    }

    /** Of several behind one address the one that a fault was for which the attempt met. */
    private boolean isMeant(String id, LiveRecording.Attempt attempt) {
        return entries.stream()
                .filter(entry ->
                        entry instanceof LiveRecording.Faults && !entry.at().isAfter(attempt.at()))
                .reduce((one, next) -> next)
                .stream()
                .flatMap(entry -> ((LiveRecording.Faults) entry).all().stream())
                .anyMatch(request -> request.fault() != null
                        && attempt.met().contains(request.fault().name())
                        && request.of().includes(id));
    }

    private LiveRecording.Device device(String id) {
        return Objects.requireNonNull(devices.get(id));
    }

    private String name(String id) {
        return "device-" + (ids.indexOf(id) + 1);
    }

    private void step(Instant at, String text, String indent) {
        line(indent + "- at: " + offset(at));
        line(indent + "  " + text);
    }

    private Instant began() {
        return entries.isEmpty() ? ended : entries.get(0).at();
    }

    private String offset(Instant at) {
        return DurationText.print(millis(Duration.between(began(), at)));
    }

    private static Duration millis(Duration exact) {
        return Duration.ofMillis(exact.toMillis());
    }

    private void line(String text) {
        file.append(text).append('\n');
    }
}
