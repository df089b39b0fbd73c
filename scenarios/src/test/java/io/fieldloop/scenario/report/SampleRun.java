package io.fieldloop.scenario.report;

import static io.fieldloop.scenario.report.SampleJournal.ms;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.scenario.verdict.About;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.RunResult;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Cases as real runs produce them, for the tests of the reports and for looking at the page while changing it. */
public final class SampleRun {
    public static final Instant STARTED = Instant.parse("2026-07-28T14:03:05Z");
    public static final String RDP = "\\x03\\x00\\x00/*\\xe0\\x00\\x00\\x00\\x00\\x00Cookie: mstshash=Administr\\r\\n";

    private SampleRun() {}

    /** Writes the sample run below the named directory, to be looked at in a browser. */
    public static void main(String[] arguments) throws IOException {
        RunDirectory files = RunDirectory.create(Path.of(arguments[0]), STARTED, null);
        files.write(mixed());
        System.out.println(files.html());
    }

    public static RunResult mixed() {
        return run(List.of(expiry(), scan(), failure(), inconclusive(), storm(), day()), 6);
    }

    public static RunResult run(List<ScenarioResult> scenarios, int planned) {
        return new RunResult(
                STARTED, Duration.ofMillis(6_210), scenarios, planned, "java -jar scenarios/target/fieldloop.jar run");
    }

    /** Eleven minutes: online, certificate expires, refused, renewed, online again; beside it a modem that checks nothing. */
    public static ScenarioResult expiry() {
        SampleJournal j = new SampleJournal();
        step(j, 0, 900, "connect: [door, gate]");
        j.connect(0, "door").online(0, "door").connect(3, "gate").online(30, "gate");
        step(j, 660_000, 661_200, "reconnect: [door, gate]");
        j.connect(660_000, "door").connect(660_004, "gate").online(660_020, "gate");
        j.add(
                660_430,
                Lane.GATEWAY,
                "gateway",
                "handshake-refused",
                "class",
                "tls",
                "reason",
                "tls-alert-received",
                "alert",
                45L,
                "source",
                "127.0.0.1",
                "listener",
                "wss",
                "elapsed",
                ms(340),
                "first-bytes",
                "\\x16\\x03\\x01");
        j.log(660_428, "door", "E", "esp-tls-mbedtls", "mbedtls_ssl_handshake returned -0x2700");
        j.log(660_428, "door", "I", "esp-tls-mbedtls", "Failed to verify peer certificate!");
        j.log(660_429, "door", "E", "esp-tls", "Failed to open new connection");
        j.log(660_429, "door", "E", "WS", "Failed to connect to websocket server, code=32794");
        j.add(
                660_429,
                Lane.DEVICE,
                "door",
                "refused",
                "reason",
                "certificate-expired",
                "code",
                "-0x2700",
                "text",
                "X509_CERT_VERIFY_FAILED, flags 0x01",
                "elapsed",
                ms(429),
                "phase",
                "tls",
                "alert-sent",
                45L);
        j.add(660_429, Lane.DEVICE, "door", "state-changed", "from", "connecting", "to", "idle");
        step(j, 661_200, 661_201, "renew-certificate: { valid: [0, +90d] }");
        j.add(661_200, Lane.GATEWAY, "gateway", "certificate-swapped", "server-name", "*");
        step(j, 661_201, 662_100, "reconnect: door");
        j.connect(661_201, "door").online(661_201, "door");
        List<JournalEntry> journal = j.entries();
        return result(
                "tls/certificate-expires-in-the-field",
                "The server certificate expires while devices are in the field",
                "Renewal failed. Devices that check dates drop off at the next reconnect, modem devices do not notice.",
                List.of("https://github.com/xinnan-tech/xiaozhi-esp32-server/issues/534"),
                null,
                journal,
                662_100,
                List.of(
                        passed(
                                "{ device: door, is: online, within: 5s }",
                                "door was online at 0.870s",
                                pick(journal, "door", "online")),
                        passed(
                                "{ device: door, is: refused, reason: certificate-expired, code: -0x2700, after: 11m }",
                                "door was refused with certificate-expired at 11m 00.429s",
                                pick(journal, "door", "refused")),
                        passed(
                                "{ device: gate, is: online, after: 11m }",
                                "gate was online at 11m 00.890s",
                                pick(journal, "gate", "online")),
                        passed(
                                "{ device: door, is: online, after: renew-certificate, within: 10s }",
                                "door was online 0.871 s after renew-certificate",
                                pick(journal, "door", "online"))));
    }

    /** 600 probes of the RDP scan while a device holds a conversation. */
    public static ScenarioResult scan() {
        SampleJournal j = new SampleJournal();
        step(j, 0, 900, "connect: desk");
        j.connect(0, "desk").online(0, "desk");
        step(j, 1000, 31_000, "attack: rdp");
        for (int probe = 0; probe < 600; probe++) {
            long at = 1000 + probe * 50L;
            String source = "127.9.0." + (probe % 50 + 1);
            j.add(at, Lane.ADVERSARY, "rdp", "probe-sent", "probe", "rdp-mstshash", "source", source, "bytes", 47L);
            j.add(at + 1, Lane.GATEWAY, "gateway", "connection-opened", "listener", "ws", "source", source);
            j.add(
                    at + 2,
                    Lane.GATEWAY,
                    "gateway",
                    "handshake-refused",
                    "class",
                    "rdp-scan",
                    "reason",
                    "rdp-scan",
                    "source",
                    source,
                    "listener",
                    "ws",
                    "elapsed",
                    ms(1),
                    "first-bytes",
                    RDP);
        }
        j.add(1500, Lane.GATEWAY, "gateway", "alarm-raised", "class", "rdp-scan", "per-second", 20L);
        j.add(41_000, Lane.GATEWAY, "gateway", "alarm-cleared", "class", "rdp-scan");
        step(j, 2000, 14_000, "talk: { devices: desk, speech: 2s, turns: 3 }");
        for (int turn = 0; turn < 3; turn++) {
            talk(j, 2000 + turn * 4000L, "desk");
        }
        List<JournalEntry> journal = j.entries();
        return result(
                "scan/rdp-mstshash[stance=hardened]",
                "An RDP scan hits port 8000 while a device talks",
                "The log fills with 'did not receive a valid HTTP request' and mstshash; operators fear for their devices.",
                List.of("https://github.com/xinnan-tech/xiaozhi-esp32-server/issues/402"),
                null,
                journal,
                41_000,
                List.of(
                        passed(
                                "{ event: handshake-refused, of: gateway, where: {reason: rdp-scan}, count: 600 }",
                                "600 events",
                                pick(journal, "gateway", "handshake-refused")),
                        passed(
                                "{ device: desk, is: talked, within: 15s }",
                                "desk talked 3 times",
                                pick(journal, "desk", "turn-completed")),
                        passed(
                                "{ measure: first-audio, of: desk, p95: \"< 800ms\" }",
                                "p95 of 3 samples is 412 ms",
                                pick(journal, "desk", "turn-completed")),
                        passed("{ never: { device: desk, is: offline } }", "desk was never offline", List.of())));
    }

    public static ScenarioResult failure() {
        SampleJournal j = new SampleJournal();
        step(j, 0, 10_000, "connect: door");
        j.connect(0, "door");
        j.add(100, Lane.LINK, "door", "retransmitted", "direction", "downstream", "packets", 2L, "delay", ms(640));
        j.add(760, Lane.GATEWAY, "gateway", "upgraded", "device-id", "10:ff:e0:b3:35:76", "path", "/xiaozhi/v1/");
        j.add(761, Lane.GATEWAY, "gateway", "fault-applied", "fault", "delay-hello", "phase", "hello");
        j.add(860, Lane.DEVICE, "door", "upgraded", "elapsed", ms(860));
        j.add(861, Lane.GATEWAY, "gateway", "hello-received", "version", 1L, "transport", "websocket");
        j.add(9_961, Lane.GATEWAY, "gateway", "hello-sent", "session-id", "b1f3c2");
        j.add(10_050, Lane.DEVICE, "door", "online", "elapsed", ms(10_050), "session-id", "b1f3c2");
        j.log(10_050, "door", "I", "WS", "Session ID: b1f3c2");
        List<JournalEntry> journal = j.entries();
        return result(
                "handshake/hello-after-the-limit",
                "The server hello comes after the device has given up",
                "The device waits 10 s for the hello. A gateway that loads a model first answers later.",
                List.of(),
                null,
                journal,
                10_050,
                List.of(
                        failed(
                                "{ device: door, is: refused, reason: hello-timeout, elapsed: 9.5s..10.5s }",
                                "expected door to be refused with hello-timeout, but door was online at 10.050s",
                                pick(journal, "door", "online")),
                        passed(
                                "{ event: fault-applied, of: gateway, where: {fault: delay-hello} }",
                                "1 event",
                                pick(journal, "gateway", "fault-applied"))));
    }

    public static ScenarioResult inconclusive() {
        return result(
                "link/nat-expires-silently[idle=300s]",
                "The carrier forgets an idle connection without a word",
                "Devices look online for minutes and answer nothing.",
                List.of(),
                "This rig cannot observe NAT expiry of a connection it did not relay; run with --rig virtual. The last lines of"
                        + " its console:\n    I (12) wifi: connected\n    I (30) wifi: \u001b[2Jgot ip",
                List.of(),
                0,
                List.of(new ExpectationResult(
                        "{ event: nat-expired, of: link, count: 1 }",
                        "suite/link/nat.yaml:14",
                        Verdict.INCONCLUSIVE,
                        "the socket rig has no relay on this path",
                        List.of())));
    }

    /** 200 devices come back after a restart. */
    public static ScenarioResult storm() {
        SampleJournal j = new SampleJournal();
        step(j, 0, 5_000, "connect: all");
        step(j, 30_000, 33_000, "restart-gateway: { down: 3s }");
        j.add(30_000, Lane.GATEWAY, "gateway", "gateway-stopped");
        j.add(33_000, Lane.GATEWAY, "gateway", "gateway-started");
        for (int device = 1; device <= 200; device++) {
            String actor = "fleet#" + device;
            j.connect(device * 20L, actor).online(device * 20L, actor);
            j.add(30_000 + device, Lane.DEVICE, actor, "offline", "reason", "connection-lost", "code", "-0x0050");
            j.add(30_001 + device, Lane.DEVICE, actor, "reconnect-scheduled", "in", ms(5000 + device * 10L));
            j.connect(35_001 + device * 10L, actor).online(35_001 + device * 10L, actor);
        }
        List<JournalEntry> journal = j.entries();
        return result(
                "load/reconnect-storm",
                "200 devices come back at once after a gateway restart",
                "After a deploy all devices reconnect in the same seconds.",
                List.of(),
                null,
                journal,
                40_000,
                List.of(passed(
                        "{ measure: connect-time, of: fleet, p95: \"< 2s\", samples: \">= 200\" }",
                        "p95 of 400 samples is 0.871 s",
                        pick(journal, "", "online"))));
    }

    /** A day of pings: events hours apart beside events milliseconds apart. */
    public static ScenarioResult day() {
        SampleJournal j = new SampleJournal();
        step(j, 0, 900, "connect: lamp");
        j.connect(0, "lamp").online(0, "lamp");
        j.add(3_600_000, Lane.LINK, "lamp", "handover", "gap", ms(300));
        j.add(28_800_000, Lane.LINK, "lamp", "nat-expired", "idle", ms(300_000), "how", "silent");
        j.add(86_400_000, Lane.DEVICE, "lamp", "offline", "reason", "channel-timeout");
        j.log(86_400_000, "lamp", "E", "Protocol", "Channel timeout 120 seconds");
        List<JournalEntry> journal = j.entries();
        return result(
                "link/a-day-on-the-shelf",
                "A device stays connected for a day",
                null,
                List.of(),
                null,
                journal,
                86_400_000,
                List.of(passed(
                        "{ device: lamp, is: offline, after: 1h }",
                        "lamp was offline at 24h 00m 00.000s",
                        pick(journal, "lamp", "offline"))));
    }

    /** A case with one journal and no expectations of interest. */
    public static ScenarioResult withJournal(String id, Verdict verdict, List<JournalEntry> journal) {
        return new ScenarioResult(
                id,
                about("Title of " + id, null, null, List.of(), "t"),
                RigKind.VIRTUAL,
                1,
                verdict,
                null,
                List.of(new ExpectationResult("{ device: a, is: online }", "a.yaml:1", verdict, "seen", List.of())),
                journal,
                Duration.ofSeconds(1),
                ms(5),
                "fieldloop run " + id);
    }

    private static About about(
            String title, @Nullable String why, @Nullable String fix, List<String> links, String tag) {
        return new About(
                title, why, fix, links, List.of(tag, "field"), new SourcePosition("scenarios/suite/sample.yaml", 1, 1));
    }

    /** A case in which these expectations failed. */
    public static ScenarioResult withExpectations(String id, List<ExpectationResult> failed) {
        ScenarioResult empty = withJournal(id, Verdict.FAILED, List.of());
        return new ScenarioResult(
                id,
                empty.about(),
                empty.rig(),
                empty.seed(),
                Verdict.FAILED,
                null,
                failed,
                List.of(),
                empty.simulated(),
                empty.wall(),
                empty.repeat());
    }

    /** A case whose firmware crashed while it was waited for, so that it could not be finished. */
    public static ScenarioResult crashed() {
        return crashed(Verdict.FAILED, "The firmware of door was not ready within 60 s: it still runs.");
    }

    /** A case that passed although its firmware crashed, as its file allows. */
    public static ScenarioResult crashTolerated() {
        return crashed(Verdict.PASSED, null);
    }

    private static ScenarioResult crashed(Verdict verdict, @Nullable String problem) {
        ExpectationResult crash = new ExpectationResult(
                ExpectationResult.NO_CRASH,
                "a.yaml:1",
                verdict,
                "door panicked 2 times, LoadProhibited; reset 3 times (the first at 3.000s).",
                List.of());
        ScenarioResult sample = withJournal("a/b", verdict, List.of());
        return new ScenarioResult(
                sample.id(),
                sample.about(),
                sample.rig(),
                sample.seed(),
                verdict,
                problem,
                List.of(crash),
                List.of(),
                sample.simulated(),
                sample.wall(),
                sample.repeat());
    }

    private static void talk(SampleJournal j, long at, String actor) {
        j.add(at, Lane.DEVICE, actor, "message-sent", "type", "listen", "state", "start");
        j.add(at + 60, Lane.GATEWAY, "gateway", "message-received", "type", "listen", "state", "start");
        j.add(at + 2000, Lane.DEVICE, actor, "message-sent", "type", "listen", "state", "stop");
        j.add(at + 2000, Lane.DEVICE, actor, "audio-sent", "frames", 33L, "bytes", 3_960L);
        j.add(at + 2060, Lane.GATEWAY, "gateway", "audio-received", "frames", 33L, "bytes", 3_960L);
        j.add(at + 2061, Lane.GATEWAY, "gateway", "message-sent", "type", "stt");
        j.add(at + 2062, Lane.GATEWAY, "gateway", "message-sent", "type", "tts", "state", "start");
        j.add(at + 2150, Lane.DEVICE, actor, "message-received", "type", "tts", "state", "start");
        j.add(at + 2151, Lane.DEVICE, actor, "state-changed", "from", "listening", "to", "speaking");
        j.add(at + 3500, Lane.DEVICE, actor, "audio-received", "frames", 22L, "bytes", 2_640L, "dropped", 0L);
        j.add(at + 3510, Lane.DEVICE, actor, "turn-completed", "elapsed", ms(3510), "first-audio", ms(412));
        j.add(at + 3511, Lane.DEVICE, actor, "state-changed", "from", "speaking", "to", "listening");
    }

    private static void step(SampleJournal j, long from, long to, String step) {
        String verb = step.substring(0, step.indexOf(':'));
        j.add(from, Lane.SCENARIO, "step", "step-began", "verb", verb, "step", step);
        j.add(to, Lane.SCENARIO, "step", "step-ended", "verb", verb, "step", step);
    }

    private static ScenarioResult result(
            String id,
            String title,
            @Nullable String why,
            List<String> links,
            @Nullable String problem,
            List<JournalEntry> journal,
            long simulatedMillis,
            List<ExpectationResult> expectations) {
        Verdict verdict = Verdict.worst(
                expectations.stream().map(ExpectationResult::verdict).toList());
        RigKind rig = problem == null ? RigKind.VIRTUAL : RigKind.SOCKET;
        return new ScenarioResult(
                id,
                about(title, why, null, links, id.substring(0, id.indexOf('/'))),
                rig,
                7,
                verdict,
                problem,
                expectations,
                journal,
                ms(simulatedMillis),
                ms(120),
                "java -jar scenarios/target/fieldloop.jar run scenarios/suite/" + id.replaceAll("\\[.*", "")
                        + ".yaml --rig " + rig.wireName() + " --seed 7");
    }

    private static ExpectationResult passed(String expectation, String explanation, List<Long> evidence) {
        return new ExpectationResult(
                expectation, "scenarios/suite/sample.yaml:21", Verdict.PASSED, explanation, evidence);
    }

    private static ExpectationResult failed(String expectation, String explanation, List<Long> evidence) {
        return new ExpectationResult(
                expectation, "scenarios/suite/sample.yaml:22", Verdict.FAILED, explanation, evidence);
    }

    private static List<Long> pick(List<JournalEntry> journal, String actor, String kind) {
        Predicate<JournalEntry> fits =
                e -> e.kind().equals(kind) && (actor.isEmpty() || e.actor().equals(actor));
        return new ArrayList<>(
                journal.stream().filter(fits).map(JournalEntry::sequence).toList());
    }
}
