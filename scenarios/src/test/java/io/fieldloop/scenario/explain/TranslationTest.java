package io.fieldloop.scenario.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.diagnose.CauseText;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.log.SignPatterns;
import io.fieldloop.scenario.loader.ExampleFiles;
import io.fieldloop.scenario.model.RigChoice;
import io.fieldloop.scenario.report.SampleRun;
import io.fieldloop.scenario.report.html.PageWords;
import io.fieldloop.scenario.report.text.Translated;
import io.fieldloop.scenario.suite.Cases;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.About;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TranslationTest {
    private static final List<String> HEADINGS = List.of(
            "The device shows",
            "code",
            "When",
            "The server shows",
            "Usual causes, the most usual first",
            "Check",
            "Reproduce it",
            "Do",
            "Do: as above",
            "To tell",
            "certain",
            "likely",
            "possible",
            "Reproduce");

    /** What a diagnosis of a log says besides what its tables have. */
    private static final List<String> DIAGNOSIS = List.of(
            "Recognised",
            "Lines of a device and of a server stand in this log, and were read apart.",
            "Nothing failed in these lines, or the log ends before it tells why.",
            "Is this noise, and did any of it touch a device?",
            "Answer",
            "No line shows a device that failed.",
            "What failed",
            "Who came, by class",
            "By source",
            "By hour",
            "Lines an hour by class:",
            "{0} to {1}, at most {2} lines an hour");

    /** What the terminal says of a run, of two, and of a server, besides what it says of cases. */
    private static final List<String> TERMINAL = List.of(
            "Running {0} in the {1} rig",
            "{0} case",
            "{0} cases",
            "Interrupted after {0} of {1} cases",
            "{0} of {1} cases, since parts of the run are missing",
            "{0}: {1} passed{2}, {3} failed, {4} inconclusive; {5} of scenario time in {6}",
            " ({0} reproduced their bug)",
            "Repeat it:",
            "Repeat one:",
            "  and {0} more in {1}",
            "device",
            "console",
            "gateway",
            "cause",
            "fix",
            "wrote nothing of it",
            "shows nothing of it",
            "connects in {0}",
            "fails after {0}, because {1}",
            " (`fieldloop explain {0}`); its console:",
            "{0} gives no ticket, and takes a session up again by its id",
            "{0} gives no ticket, and takes no session up again",
            "{0} gives tickets of {1} bytes, and takes a session up again",
            "{0} gives tickets of {1} bytes, and takes no session up again: servers behind one name need one ticket key",
            "The ticket is longer than the chain, and may carry it, as those of a Java server do. ",
            "A ticket of {0} bytes is too long for a device with MBEDTLS_SSL_IN_CONTENT_LEN=1024: it ends with -0x7200, or with -0x7080 before mbedTLS 3.6.3 where it asked for short records (`fieldloop run tls/input-buffer-of-1-kib`).",
            "a device with this login is let in",
            "a device with this login is not let in",
            "a device that asks here restarts and asks again, for ever",
            "a device that asks here is let in by the broker, and cannot talk",
            "a device that asks here gets where it is sent",
            "a device that asks here does not get where it is sent, or is sent nowhere",
            "seen",
            "after {0}: {1}",
            "no ping in {0}",
            "{0} ping in {1}, at most {2} apart",
            "{0} pings in {1}, at most {2} apart",
            "fronts cut a quiet session after 60 s as a rule, and it was watched for {0}: --watch 75s tells",
            "new",
            "gone",
            "{0} in both: {1} fail now, {2} pass now, {3} fail still, {4} slower; {5} new, {6} gone",
            "report",
            "junit",
            "journals",
            "evidence",
            "({0} in {1}, {2})",
            "{0} virtual in {1}",
            "Nothing was run, because of {0}.",
            "Waiting for a change; Ctrl-C ends it.");

    @Test
    void chineseHasEveryTextAndNoOther() {
        Set<String> said = new TreeSet<>(HEADINGS);
        said.addAll(TERMINAL);
        said.addAll(DIAGNOSIS);
        said.addAll(SignPatterns.texts());
        said.addAll(PageWords.all());
        for (SuiteCase one : Cases.of(List.of()).found()) {
            About about = About.of(one.scenario());
            Stream.of(about.title(), about.why(), about.fix())
                    .filter(Objects::nonNull)
                    .map(Translated::oneLine)
                    .forEach(said::add);
            Stream.of(one.scenario().only(), one.scenario().except())
                    .filter(Objects::nonNull)
                    .map(RigChoice::because)
                    .forEach(said::add);
        }
        for (Side side : Side.values()) {
            said.add(side.title());
        }
        for (Explanation one : Explanations.bundled().all()) {
            said.add(one.meaning());
            said.add(one.timing());
            said.addAll(one.server());
            said.addAll(one.causes());
            said.addAll(one.checks());
            if (one.deviceNote() != null) {
                said.add(one.deviceNote());
            }
        }
        for (CauseText one : CauseTexts.bundled().all()) {
            said.add(one.means());
            said.addAll(one.fix());
        }

        Set<String> known = Translation.to("zh").known();

        assertThat(minus(said, known))
                .as("texts that zh.yaml, zh-report.yaml (the reports) or zh-suite.yaml (scenario, why, fix) lacks")
                .isEmpty();
        assertThat(minus(known, said))
                .as("texts of these files that nobody says any more")
                .isEmpty();
    }

    private static Set<String> minus(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    /** Why a kind of device does not connect, as {@code probe} says it. */
    private static final List<String> CAUSES = List.of(
            "the port does not speak TLS",
            "the server wants a client certificate, and this device has none",
            "the server takes only TLSv1.3, and this device offers TLSv1.2",
            "the server and this device share suites of TLSv1.2, but no curve, kind of signature or extension that goes"
                    + " with them",
            "the server takes none of the suites that this device offers with TLSv1.2",
            "the server writes sec-websocket-accept, and this client finds only Sec-WebSocket-Accept",
            "the server answers 'HTTP/1.1 301' and redirects to wss://x/, which xiaozhi does not follow",
            "the server answers 'HTTP/1.1 403' and not HTTP/1.1 101",
            "the certificate is not for a but for b, c",
            "the certificate signed itself, which is not among the roots of a.pem; give your own root with --ca FILE",
            "the chain leads to the root CN=a, which is not among the roots of a.pem; give your own root with --ca FILE",
            "the chain stops at CN=a: its issuer CN=b is neither sent nor among the roots of a.pem (an intermediate is"
                    + " missing, or the root is your own: --ca FILE)",
            "CN=a expired on 2026-01-01; stock firmware does not look, builds with MBEDTLS_HAVE_TIME_DATE refuse it",
            "CN=a is valid only from 2026-01-01");

    /** What {@code probe} remarks about a server. */
    private static final List<String> REMARKS = List.of(
            "no hello came within 10 s",
            "it sent '{}', which is no message of the protocol",
            "its hello names the transport udp, and devices want websocket",
            "it closed with 1011 after 12 s",
            "it closed the connection without a close frame after 60 s",
            "it sent a frame of 2 MB, for which no device has room",
            "There is no Sec-WebSocket-Accept; only the xiaozhi firmware, which never looks, connects.",
            "Sec-WebSocket-Accept is not what the key demands: whatever answered is no WebSocket server, or something on the way changed it.",
            "Sec-WebSocket-Accept is written sec-websocket-accept; ESP-IDF clients that mind case do not find it.",
            "The answer begins with 'HTTP/1.0 101'; the firmware wants HTTP/1.1 101.",
            "The header Upgrade: websocket is missing; strict clients refuse that.",
            "It turns on the extension permessage-deflate, for which no device has asked.",
            "The head has 2000 bytes; esp_websocket_client reads only 1024.",
            "The head came in 3 pieces.",
            "12 bytes of frames came in one piece with the head.",
            "It redirects to wss://x/, which xiaozhi does not follow.",
            "It does not switch protocols; the firmware logs only that the handshake failed, without the status.",
            "It answers no ping; esp_websocket_client, which pings every 10 s, takes it for dead after 120 s.",
            "It sends frames with RSV1, as if compression had been agreed on; the firmware does not look, but clients that keep to RFC 6455 hang up.",
            "It sends frames with reserved bits; the firmware does not look, but clients that keep to RFC 6455 hang up.",
            "It masks its frames, which only clients do; the firmware does not look, but clients that keep to RFC 6455 hang up.",
            "It sends a close frame without FIN; the firmware does not look, but clients that keep to RFC 6455 hang up.",
            "It sends a ping or pong without FIN; the firmware does not look, but clients that keep to RFC 6455 hang up.",
            "It sends a control frame of 130 bytes, where 125 are the most; the firmware does not look, but clients that keep to RFC 6455 hang up.",
            "It signs in no way that stock devices offer; they have ECDSA and RSA PKCS#1 with SHA-256 to SHA-512.",
            "It takes none of the curves that stock devices offer; they have P-256, P-384 and P-521.",
            "It wants the curve x25519, which stock devices do not offer; they have P-256, P-384 and P-521.",
            "It asks for a client certificate, and stock devices have none: without one it ends with alert 40.",
            "It asks for a client certificate, and stock devices have none: whether it goes on without one shows only at the upgrade.",
            "It asks for a client certificate, and stock devices have none: it goes on without one.",
            "It cuts handshake messages into several records; devices before mbedTLS 3.6.3 stop there with -0x7080.",
            "With ALPN of h2 and http/1.1, which no device sends, it ends with alert 120.",
            "With ALPN there is a session, and without it, as devices connect, it ends with alert 120.",
            "A device's request and all 7 wrong ones were answered 'HTTP/1.1 403': that is a front or firewall, or a rule about this address, and not the gateway's verdict on the request.",
            "The URL gives the host as a number, which firewalls for web requests hold against a client: try its name, with --address 192.0.2.1.",
            "a.example has no IPv4 address, and stock firmware never asks its network for an IPv6 one: `fieldloop explain tcp-unreachable`.",
            "By the end the server no longer let this machine in; it may have banned it for its refusals, and what was found late may be about that: try again later, with a smaller --connections-per-second.");

    /** What is said of parts of a run, and of runs as a whole. */
    private static final List<String> COMPLAINTS = List.of(
            "1 case passed every time",
            "3 cases passed every time",
            "tls/wrong-name: 48 of 50 passed (96 %), not seed=7, seed=31",
            "tls/wrong-name: 30 of 50 passed (60 %), not seed=7, seed=31 and 12 more",
            "late     fault was due at 1.000s, began at 2.000s",
            "idle     interrupt found no server speaking to door, at 2.000s",
            "door panicked once, LoadProhibited; reset 3 times (the first at 1.000s).",
            "door panicked once, LoadProhibited (the first at 1.000s).",
            "door was reset by its watchdog 2 times, TG1WDT; reset once (the first at 1.000s).",
            "door was reset by its watchdog 2 times, TG1WDT (the first at 1.000s).",
            "door went into a boot loop, TG1WDT; reset 3 times (the first at 1.000s).",
            "door went into a boot loop; reset 3 times (the first at 1.000s).",
            "once",
            "3 times",
            "left out  9 cases: it has no device that could run firmware (a, b, c and 2 more)",
            "left out  2 cases: it has no device that could run firmware (a, b)",
            "left out  a: it has no device that could run firmware",
            "only in the qemu rig, because only firmware has a bootloader",
            "not in the virtual rig, because its front is a real program",
            "its front is a real program",
            "this machine has no IPv6 on its loopback",
            "it has 9 devices, and at most 4 machines run at once",
            "it has no device that could run firmware",
            "it has a link, and the sockets of a modem on firmware's UART pass none; the packets of `kind: ppp` and `nt26-eth` do",
            "the firmware has no console command to talk; a dictionary can name one",
            "the firmware has no console command to interrupt; a dictionary can name one",
            "what firmware publishes is its own affair",
            "it has files for a flash, and the firmware is an ELF file without one",
            "it has settings that only the reference firmware knows; others are written namespace/key",
            "QEMU's user network may pass the gateway's reset on as an end of the stream",
            "the firmware's console does not show that its user is cut off; a dictionary can name the line",
            "it expects TLS 1.3, which the reference firmware does not speak",
            "it has a desktop, which the reference firmware is not",
            "tls keeps its own seed 7: for its chain",
            "Of these cases none failed in out; all of them run",
            "Only what did not pass in out",
            "Part 1/3 (GitLab)",
            "1 of 3 cases are finished in out",
            "'a.yaml' is no command; to run a scenario, write `fieldloop run a.yaml`.",
            "'rnu' is no command; there are check, run.",
            "Unknown option: '--sed'; did you mean --seed?",
            "Unknown option: '--sed'",
            "Unknown options: '--a', '--b'",
            "Missing required parameter: 'FILE'; see `fieldloop diagnose --help`.",
            "Missing required parameter: 'FILE'",
            "Missing required parameters: 'A', 'B'",
            "Missing required option: '--a=FILE'",
            "Missing required parameter for option '--out' (DIR)",
            "Expected parameter for option '--out' but found '--seed'",
            "option '--out' (DIR) should be specified only once",
            "Unmatched argument at index 1: 'x'",
            "Unmatched arguments from index 1: 'x', 'y'",
            "Invalid value for option '--seed' (SEED): 'x' is not a long",
            "Invalid value for option '--rig': expected one of [a, b] (case-sensitive) but was 'x'",
            "Invalid value for positional parameter at index 0 (FILE): 'x' is not a long",
            "expected one of [a, b] (case-sensitive) but was 'x'",
            "'x' is not a long",
            "--shard is 9/8, and there is no part 9 of 8.",
            "--shard auto finds none of FIELDLOOP_SHARD, CI_NODE_INDEX in the environment; give one such as --shard 3/8.",
            "--shard auto finds 2/3 (Slurm: A=1) and 2/4 (GitLab: B=2); set FIELDLOOP_SHARD to the one that is meant.",
            "--resume: in res began a run with another command line: run tls, not run link; name another folder.",
            "In parts is no folder of a run (one with run.json).",
            "The runs in a and b have no case in common.",
            "part 2/3 is missing: 1 case.",
            "part 2/3 is missing: 59 cases.",
            "part 2/3 in parts/2 did not finish: 1 of 1 case.",
            "part 2/3 in parts/2 did not finish: 3 of 59 cases.",
            "part 1/3 is there twice: a/1 is taken, b/1 is not.",
            "a/1 is no part of this run, but of one with another version of Fieldloop: 0.1, not 0.2.",
            "a/1 is no part of this run, but of one with another command line: run tls, not run link.",
            "a/1 is no part of this run, but of one with other scenario files.",
            "a/1 is no part of this run, but of one with 4 parts, not 3.",
            "a/1 is no part of this run, but of one with another share of the cases, from other --timings.");

    /** What {@code diagnose}, {@code probe} and {@code serve} cannot do, and what {@code serve} says before and after its log. */
    private static final List<String> SERVED = List.of(
            "the OTA check",
            "the WebSocket it hands out, ws://a/",
            "the broker it hands out, a:1883",
            "the upgrade",
            "devices",
            "refusals",
            "the quiet session, and devices that still wait",
            "--scenario is made of one capture; name one FILE, or leave it out.",
            "--annotate is for one capture; name one FILE, or leave it out.",
            "--scenario x: nothing in the capture failed in a way that a scenario can show, so none was written.",
            "--annotate x is the capture itself; name another file.",
            "--annotate x is there and no file (a folder, a device or a pipe); name a file, which is replaced where it is there.",
            "--keylog x cannot be read; give a file such as SSLKEYLOGFILE leaves.",
            "x holds no TLS secrets; expected lines such as CLIENT_RANDOM or SERVER_TRAFFIC_SECRET_0, as SSLKEYLOGFILE leaves them.",
            "x cannot be written (no permission); name another file.",
            "no permission",
            "its folder is not there and cannot be made",
            "--stance soft is unknown; there are hardened and compat.",
            "--session ping is unknown; there are xiaozhi and echo.",
            "--udp is for devices that speak MQTT; give a port with --mqtt or --mqtts, too.",
            "--udp-host is for voice; give a port with --udp, too.",
            "--deny: 'lan' is no network: it does not begin with an IP address; write it as 10.0.0.0/8 or fd00::/8.",
            "--certificate, --key, --client-ca and --root-out are for TLS; give a port with --wss or --mqtts, too.",
            "--name a:1 is no host name; write it as a device would, without port.",
            "--origin foo is no origin; write it as the browser does, such as https://app.example.com, without a path.",
            "--connections-per-source 0 lets nobody in; give a number from 1.",
            "--refusals-per-source often is not a rate; write it as 20/10s.",
            "'x' is no whole number of 64 bits",
            "'x' is not an int",
            "'x' is no number of times; expected 1 to 99999",
            "'x' is no range of at most 99 seeds; expected one such as 1..50",
            "'soon' is not a duration; expected one such as 90s",
            "there is no rig 'x'; expected virtual, socket, qemu",
            "'x:' is no URL a device could read; expected http://HOST:PORT/PATH.",
            "The name a.test does not resolve; check the URL.",
            "The name a.test does not resolve; check the URL, or say with --address where to dial.",
            "'ftp://a' begins with no scheme that leads to a WebSocket server; expected wss://HOST/PATH, or ws, https, http or mqtt.",
            "'ftp://a' begins with no scheme that leads to a broker; expected mqtt://HOST or mqtts://HOST.",
            "'wss:x' names no host that a device could dial; expected a name or an address.",
            "'wss://a@b' holds a user name, which no device sends; leave it out, and give a token with --token.",
            "'wss://a:0' has the port 0; ports are 1 to 65535.",
            "'wss://[' is no URL: bad at character 7; expected wss://HOST:PORT/PATH.",
            "Nothing can be reached at 127.0.0.1 port 1: connection refused.",
            "no answer within 10 s",
            "there is no route to it",
            "connection refused",
            "The public roots of this Java cannot be read; give your own with --ca FILE.",
            "wss://a/ answered at first and then no more: reset.",
            "--connections-per-second 0.0 is no pace; expected a number from 0.01 to 1000.",
            "--watch -1s is negative; expected a duration such as 25s.",
            "--address x is no address; give one such as 192.168.1.10.",
            "The file a of --ca holds no certificate; expected PEM.",
            "The file a of --ca cannot be read; give a PEM file with root certificates.",
            "The file a of --ca holds no certificate that can be read; export it as PEM again.",
            "The file a of --token cannot be read; give one with that and nothing else in it.",
            "--token holds a control character such as a line end, which no header can.",
            "There is nothing to serve: give --ws PORT, --wss PORT, --mqtt PORT or --mqtts PORT.",
            "--ws 99999 is no port; ports are 1 to 65535, and 0 takes any free one.",
            "--host x is no address; give one of this machine, such as 192.168.1.10, or 0.0.0.0 for all.",
            "--ws and --wss both name port 1; give each listener one of its own.",
            "--certificate and --key belong together; give both, or none to have one minted.",
            "--root-out is for a minted certificate; leave it out beside --certificate.",
            "--token-for a is no pair; write it as DEVICE_ID,CLIENT_ID.",
            "--token-for needs --token-key: without a key no token is asked for.",
            "Fieldloop gateway, hardened. Devices connect to:",
            "Whoever reaches this port may connect; --token-key and --allow narrow that.",
            "Ctrl-C stops it.",
            "Stopped.",
            "root.pem  (devices must trust it; minted for localhost)",
            "udp://a:1  (encrypted voice; devices are told by the hello)",
            "http://a/  (the address to enter into a device)",
            "TLS by OpenSSL",
            "MQTT: any client id, user name and password; devices publish to a and hear devices/p2p/<mac with underscores>",
            "MQTT: client id group@@@mac@@@id, signed password; devices publish to a and hear devices/p2p/<mac with underscores>",
            "firmware 1.0.1, offered to devices that say they run an older one",
            "firmware 'v2' is no version of numbers and dots, such as 1.2.3 (PROJECT_VER): it is offered to nobody",
            "none is asked for",
            "one is asked for; --token-for DEVICE_ID,CLIENT_ID prints one",
            "http://a/  (device test page; also /ota)",
            "http://a/live  (what happens, and faults to put on; POST /faults asks for this token)");

    /** What judgement says of an expectation. */
    private static final List<String> SEEN = List.of(
            "Expected door, gate and 3 more to be online as described; seen instead: no attempt ended and nothing was lost in that time.",
            "Expected door to be online as described; seen instead: no attempt ended and nothing was lost in that time. At another time it did: door online at 0.793s (elapsed 793 ms). The step that `after` names was not done then.",
            "Expected door, gate and 3 more to be online as described; seen instead: 2 x refused, reason tcp-timeout, the first door at 1.000s.",
            "Expected door to be refused as described; seen instead: door at 0.787s online; door at 1m 03.636s turn-completed. Not as described: code is -0x2700, expected -0x7780.",
            "Expected door to be refused as described; seen instead: door at 0.787s online. A device with the profile xiaozhi-wifi checks no certificate dates, and takes a certificate of any.",
            "Expected door to log \"Ready\"; seen instead: no attempt ended and nothing was lost in that time.",
            "Expected door to log \"Ready\"; seen instead: door at 0.787s online. No line of its log contains \"Ready\". Not let out: api.example:443 (tcp); a name that the gateway's certificate has leads to the gateway, --internet lets firmware out.",
            "All 2 did, the last: door online at 0.787s",
            "What can be seen agrees, but this firmware's console does not show code.",
            "ota-checked was not seen; expected >= 1. Others of this kind: 2, the first: door ota-checked at 1.000s.",
            "ota-checked was not seen.",
            "ota-checked was seen once, at 1.000s; expected >= 2.",
            "ota-checked was seen once, at 1.000s.",
            "ota-checked was seen 3 times, first at 1.000s, last at 2.000s; expected <= 1.",
            "ota-checked was seen 3 times, first at 1.000s, last at 2.000s.",
            "What the gateway does cannot be seen in this rig, and so not whether upgraded happened.",
            "It did not happen.",
            "It happened: door online at 0.787s and once more.",
            "It happened: door online at 0.787s and 2 times more.",
            "It happened: door online at 0.787s.",
            "It may have happened: door refused at 1.000s, but this firmware's console does not show code.",
            "It was not seen, but what the gateway does cannot be seen in this rig.",
            "The run ended at 2.000s, before the time in which this must not happen was over.",
            "The run ended before the step that this expectation waits for.",
            "What a gateway that is not ours hears cannot be observed.",
            "voice-lost was never measured.",
            "Generator 2/3 with 100 devices began 300.000 ms late, its own timers were up to 12.000 ms late; expected at most 250ms, since what it measured may be its own doing. Give it fewer devices, or the load more generators.",
            "Generator 2/3 with 100 devices began 3.000 ms late, its own timers were up to 12.000 ms late.",
            "No expectation names it; `tolerates: [panic]` lets the case pass all the same.",
            "The fault stall-tls never acted, so this run shows nothing of it: no connection came as far as that. Let one, or say that it is meant with { never: { event: fault-applied } }.",
            "The fault in the modem of door on its time never acted, so this run shows nothing of it: the run ended before it. Let it go on, or say that it is meant with { never: { event: modem-fault } }.",
            "The fault in the modem of door on the command 'AT+CSQ' never acted, so this run shows nothing of it: not enough of them came.",
            "The adversary scan never began, so this run shows nothing of it: no step came that begins it, and no time it starts at. Let it begin with { attack: scan }, or say that it is meant with { never: { event: attack } }.",
            "round-trip: 0 values; 2 of 2 devices gave none; expected samples >= 1.",
            "round-trip: 0 values; 1 of 1 device gave none; expected samples >= 1.",
            "connect-time: 2 values, min 1 ms; 1 of 3 failed; expected failed < 1.",
            "connect-time: 2 values, min 1 ms; 1 of 3 failed.",
            "connect-time: 2 values, min 1 ms; expected p50 < 10ms.",
            "connect-time: 1 value, min 1 ms; expected p50 < 10ms.",
            "connect-time: 2 values, min 1 ms.",
            "connect-time: 1 value, min 1 ms.");

    /** {@code check} of the files beside this test, and of all that the loader's test has, says each of these sentences, and no other. */
    @Test
    void chineseHasEverySentenceOfTheCheckedFilesAndNoOther() throws Exception {
        Set<String> parts = new TreeSet<>();
        UnaryOperator<String> noted = part -> {
            parts.add(part);
            return part;
        };
        Path files = Path.of(TranslationTest.class.getResource("checked").toURI());
        List<String> checked = new ArrayList<>(List.of(files.toString()));
        ExampleFiles.broken().stream().map(Path::toString).forEach(checked::add);
        Cases.of(checked).problems().forEach(problem -> problem.sentence(noted));
        parts.addAll(CAUSES);
        parts.addAll(REMARKS);
        parts.addAll(COMPLAINTS);
        parts.addAll(SERVED);
        parts.addAll(CaptureSentences.stillSaid());
        SEEN.forEach(said -> parts.addAll(List.of(said.split("(?<=\\.) (?=[A-Z])"))));
        parts.addAll(List.of(
                "7 lines of a device's console",
                "1 line of a device's console",
                "7 lines of a server's log",
                "1 line of a server's log",
                "7 lines of scans, 1 of mistakes, 2 of devices, 0 of the server itself",
                "1 line of scans, 1 of mistakes, 2 of devices, 0 of the server itself",
                "1 of 3 failures came within 60 s after a scan",
                "the first is line 2.",
                "7 lines of failures, none within 60 s after a scan: the noise touched no device.",
                "1 line of failures, none within 60 s after a scan: the noise touched no device.",
                "7 lines of failures",
                "1 line of failures",
                "the log has no times, so it does not say whether a scan came just before."));
        parts.addAll(List.of(
                "2 problems in 3 files",
                "2 problems in 1 file",
                "1 problem in 3 files",
                "1 problem in 1 file",
                "1 file, 1 case: no problems",
                "1 file, 2 cases: no problems",
                "2 files, 2 cases: no problems",
                "'x' is neither a file, nor a folder, nor a scenario of the bundled suite; see `fieldloop list`.",
                "'x' is neither a file, nor a folder, nor a scenario of the bundled suite; did you mean y?"));
        Translation chinese = Translation.to("zh");

        assertThat(parts).allSatisfy(part -> assertThat(chinese.sentence(part)).isNotEqualTo(part));
        assertThat(chinese.forms())
                .as("sentences that are said no more")
                .filteredOn(form -> parts.stream().noneMatch(form.asMatchPredicate()))
                .isEmpty();
    }

    @Test
    void chineseHasEverySentenceOfTheJudgesOfCapturesAndLogs() throws Exception {
        assertThat(CaptureSentences.untranslated()).isEmpty();
    }

    @Test
    void aBundledScenarioIsToldInTheLanguageAndOnesOwnStaysAsItIs() {
        Translation chinese = Translation.to("zh");
        ScenarioResult any = SampleRun.withJournal("a/b", Verdict.PASSED, List.of());
        About bundled = new About(
                "The host name does not resolve",
                "A typo in the address,\n or a name that only the office's name server knows. The device fails before it"
                        + " connects to anything.\n",
                "My own\nfix",
                List.of(),
                List.of(),
                any.about().position());
        ScenarioResult result = new ScenarioResult(
                any.id(),
                bundled,
                any.rig(),
                1,
                any.verdict(),
                null,
                List.of(),
                List.of(),
                any.simulated(),
                any.wall(),
                "");

        About told = Translated.of(result, chinese).about();

        assertThat(told.title()).isEqualTo("主机名无法解析");
        assertThat(told.why()).startsWith("地址写错");
        assertThat(told.fix()).isEqualTo("My own\nfix");
    }

    @Test
    void whatIsNamedInASentenceStaysAsItIs() {
        assertThat(Translation.to("zh").sentence("unknown device \"a {0} $1\"")).isEqualTo("没有名为 \"a {0} $1\" 的设备");
    }

    @Test
    void headingsAndTextsAreInTheLanguage() {
        Translation chinese = Translation.to("zh");
        Explanation refused =
                Explanations.bundled(chinese).named("accept-missing").get(0);

        assertThat(ExplanationText.lines(refused, chinese))
                .contains(
                        "accept-missing: 设备给出的原因",
                        "  101 应答里没有这个客户端能找到的 Sec-WebSocket-Accept 头。",
                        "常见原因，最常见的在前",
                        "  fieldloop run 'websocket/accept-missing-or-wrong[accept=missing]'");
    }

    @Test
    void chineseIsBrokenWhereTheTerminalEnds() {
        List<String> lines = new ArrayList<>();

        Paragraph.wrap("链".repeat(60), "  ", lines);

        assertThat(lines).containsExactly("  " + "链".repeat(49), "    " + "链".repeat(11));
    }

    @Test
    void languageIsThatOfTheLocale() {
        assertThat(Translation.languageOf(Map.of("LANG", "zh_CN.UTF-8"))).isEqualTo("zh");
        assertThat(Translation.languageOf(Map.of("LANG", "zh_CN.UTF-8", "LC_ALL", "C")))
                .isEqualTo("en");
        assertThat(Translation.languageOf(Map.of())).isEqualTo("en");
    }
}
