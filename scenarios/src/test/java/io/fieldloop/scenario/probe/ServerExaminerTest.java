package io.fieldloop.scenario.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.device.websocket.Identity;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.probe.finding.ProfileVerdict;
import io.fieldloop.scenario.probe.finding.SessionFinding;
import io.fieldloop.scenario.probe.finding.TicketFinding;
import io.fieldloop.scenario.probe.finding.TlsFinding;
import io.fieldloop.scenario.probe.finding.UpgradeFinding;
import io.fieldloop.scenario.probe.wire.ExamineException;
import io.fieldloop.scenario.probe.wire.ServerUrl;
import io.fieldloop.scenario.probe.wire.UpgradeAsk;
import io.fieldloop.server.fault.UpgradeFault;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.pki.KeyKind;
import io.fieldloop.server.tls.TlsVersion;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examination of our own gateway, sound and with a fault each that a person would want to be told of. */
class ServerExaminerTest {
    @Test
    void findsNothingWrongWithASoundGateway() {
        try (ExaminedGateway gateway = ExaminedGateway.sound()) {
            Examination found = gateway.examineWss("xiaozhi-wifi-strict-time", "strict-rfc6455");

            assertThat(found.allConnect()).isTrue();
            assertThat(found.remarks()).isEmpty();
            assertThat(found.tls().acceptedVersions()).containsExactly("TLSv1.3", "TLSv1.2");
            assertThat(found.tls().versions().get(1).suites())
                    .contains("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
                    .allMatch(suite -> suite.contains("ECDSA"));
            assertThat(found.tls().versions().get(2).refusal()).isEqualTo("alert 70 (protocol_version)");
            assertThat(found.tls().chain().defects()).isEmpty();
            assertThat(found.tls().chain().trusted()).isTrue();
            assertThat(found.tls().desktop().accepts()).isTrue();
            assertThat(found.upgrade().acceptRight()).isTrue();
            assertThat(found.upgrade().remarks()).isEmpty();
            assertThat(found.otherProtocol().get(0).answer()).contains("400");
        }
    }

    @Test
    void helloAndPingsAreSeen() {
        try (ExaminedGateway gateway = ExaminedGateway.sound()) {
            SessionFinding session = gateway.examineWs("xiaozhi-wifi").session();
            assertThat(session.helloFault()).isNull();
            assertThat(session.hello()).contains("\"transport\":\"websocket\"");
            assertThat(session.pings()).hasSizeGreaterThan(5);
            assertThat(session.pingEvery()).isNotNull();
            assertThat(session.ended()).isNull();
        }
    }

    @Test
    void tellsWhoMindsTheCaseOfHeaders() {
        try (ExaminedGateway gateway =
                ExaminedGateway.sound(new UpgradeFault.HeaderCase(UpgradeFault.HeaderCase.Style.LOWER))) {
            Examination found =
                    gateway.examineWss("xiaozhi-wifi", "esp-idf-websocket", "esp-idf-websocket-case-sensitive");
            assertThat(found.upgrade().acceptName()).isEqualTo("sec-websocket-accept");
            assertThat(found.devices()).extracting(ProfileVerdict::connects).containsExactly(true, true, false);
            ProfileVerdict minds = found.devices().get(2);
            assertThat(minds.reason()).isEqualTo("accept-missing");
            assertThat(minds.because())
                    .isEqualTo(
                            "the server writes sec-websocket-accept, and this client finds only Sec-WebSocket-Accept");
            assertThat(minds.log()).anyMatch(line -> line.endsWith("Sec-WebSocket-Accept not found"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                     | keep-alive, Upgrade | true | The header Connection says more than Upgrade (keep-alive, Upgrade)
            ''                                     | keep-alive          | false | The header Connection: Upgrade is missing
            HTTP/1.1 103 Early Hints\\r\\n\\r\\n | Upgrade             | true | It sends an interim answer (HTTP/1.1 103 Early Hints) first
            """)
    void tellsWhatAnAnswerHasThatSomeMind(String before, String connection, boolean strictConnects, String remark) {
        String answer =
                before.translateEscapes() + "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
                        + connection + "\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
        try (ExaminedGateway gateway = ExaminedGateway.sound(new UpgradeFault.RawResponse(answer))) {
            Examination found = gateway.examineWss("strict-rfc6455");
            assertThat(found.upgrade().remarks()).anyMatch(line -> line.startsWith(remark));
            assertThat(found.devices().get(0).connects()).isEqualTo(strictConnects);
        }
    }

    @Test
    void tellsWhoseTlsIsTooOld() {
        try (ExaminedGateway gateway = ExaminedGateway.speakingOnly(TlsVersion.TLSv1_3)) {
            Examination found = gateway.examineWss("xiaozhi-wifi", "strict-rfc6455");
            assertThat(found.tls().acceptedVersions()).containsExactly("TLSv1.3");
            assertThat(found.tls().desktop().outcome()).startsWith("TLSv1.3 TLS_");
            assertThat(found.devices()).extracting(ProfileVerdict::connects).containsExactly(false, true);
            assertThat(found.devices().get(0).because())
                    .isEqualTo("the server takes only TLSv1.3, and this device offers TLSv1.2");
        }
    }

    @Test
    void tellsWhoLooksAtDates() {
        try (ExaminedGateway gateway = ExaminedGateway.withCertificate(Defect.EXPIRED)) {
            Examination found = gateway.examineWss("xiaozhi-wifi", "xiaozhi-wifi-strict-time", "xiaozhi-ml307");
            assertThat(found.devices()).extracting(ProfileVerdict::connects).containsExactly(true, false, true);
            assertThat(found.devices().get(1).reason()).isEqualTo("certificate-expired");
            assertThat(found.devices().get(1).because())
                    .contains("CN=gateway.test")
                    .contains(" expired on ");
            assertThat(found.tls().chain().leafDaysLeft()).isNegative();
            assertThat(found.tls().desktop().accepts()).isFalse();
            assertThat(found.tls().desktop().outcome()).startsWith("NotAfter: ");
        }
    }

    @Test
    void namesEveryDefectOfAChain() {
        assertThat(defects(Defect.WRONG_NAME)).anyMatch(text -> text.contains("is not for gateway.test but for"));
        assertThat(defects(Defect.MISSING_INTERMEDIATE)).anyMatch(text -> text.contains("The chain stops at"));
        assertThat(defects(Defect.SELF_SIGNED)).anyMatch(text -> text.contains("signed itself"));
        assertThat(defects(Defect.FOREIGN_CA)).anyMatch(text -> text.contains("the run's root"));
        assertThat(defects(Defect.WRONG_ORDER)).anyMatch(text -> text.contains("not in order"));
        assertThat(defects(Defect.EXTRA_CERTIFICATES)).anyMatch(text -> text.contains("are not needed"));
        assertThat(defects(Defect.SHA1_SIGNATURE)).anyMatch(text -> text.contains("SHA-1"));
        assertThat(defects(Defect.RSA_1024)).anyMatch(text -> text.contains("1024 bits"));
        assertThat(defects(Defect.LONG_CHAIN)).anyMatch(text -> text.contains("4 KiB of receive buffer"));
        assertThat(defects(Defect.CROSS_SIGNED))
                .anyMatch(text -> text.contains("CROSS_SIGNED_VERIFY") && text.contains("Former Root"));
        assertThat(defects(Defect.NOT_YET_VALID)).anyMatch(text -> text.contains("valid only from"));
    }

    @Test
    void tellsWhichReleaseLinesCanConnectAndWhatTheNextRenewalMayChange() {
        assertThat(outlook(Defect.NONE))
                .startsWith("idf-4.4, idf-5.0, idf-5.1, idf-5.2, idf-5.3, idf-5.4, idf-5.5, idf-6 can connect")
                .anyMatch(text -> text.contains("Generation Y"))
                .anyMatch(text -> text.contains("47 from 2029-03-15, this one has 90"));
        assertThat(outlook(Defect.GENERATION_Y_EC))
                .anyMatch(text -> text.contains("without P-384 cannot") && text.contains("-0x3A00"))
                .noneMatch(text -> text.contains("Generation Y"));
        assertThat(outlook(Defect.ADDRESS_INSTEAD_OF_NAME))
                .startsWith("idf-5.2, idf-5.3, idf-5.4, idf-5.5, idf-6 can connect")
                .anyMatch(text -> text.startsWith("idf-4.4 (mbedTLS 2.28) cannot connect"));
        try (ExaminedGateway gateway = ExaminedGateway.speakingOnly(TlsVersion.TLSv1_3)) {
            assertThat(GenerationOutlook.of(gateway.examineWss("xiaozhi-wifi").tls()))
                    .startsWith("no line can connect");
        }
    }

    /** What devices run into and what is said of their release lines has to agree. */
    @Test
    void noLineConnectsToAKeyThatItOffersNothingFor() {
        try (ExaminedGateway gateway = ExaminedGateway.withKey(KeyKind.ED25519)) {
            assertThat(GenerationOutlook.of(gateway.examineWss("xiaozhi-wifi").tls()))
                    .startsWith("no line can connect")
                    .anyMatch(text -> text.startsWith("idf-5.5 (mbedTLS 3.6.6) cannot connect: no curve or kind"));
        }
    }

    @Test
    void aUrlForTlsAtAPortWithoutItIsTold() {
        try (ExaminedGateway gateway = ExaminedGateway.sound()) {
            String url = "wss://" + ExaminedGateway.NAME + ":" + gateway.plainPort() + "/xiaozhi/v1/";
            Examination found = ExaminedGateway.examine(url, new TrustRoots("no root", List.of()), "xiaozhi-wifi");

            assertThat(found.devices().get(0).reason()).isEqualTo("tls-eof");
            assertThat(found.remarks())
                    .anyMatch(text -> text.startsWith("Port " + gateway.plainPort() + " speaks HTTP without TLS"));
        }
    }

    @Test
    void silenceIsNoRefusal() {
        try (ExaminedGateway gateway = ExaminedGateway.sound()) {
            Examination found = gateway.examineWss("xiaozhi-wifi");
            String silence = "no answer within 10 s";
            List<TlsFinding.Line> lines = found.tls().lines().stream()
                    .map(line -> line.name().equals("idf-6") ? new TlsFinding.Line("idf-6", false, silence) : line)
                    .toList();
            List<TlsFinding.Version> versions = List.of(
                    new TlsFinding.Version("TLSv1.3", false, false, List.of(), silence, Duration.ofSeconds(10)),
                    found.tls().versions().get(1));
            TlsFinding tls = RecordCopy.with(RecordCopy.with(found.tls(), "lines", lines), "versions", versions);

            assertThat(ExaminationText.of(RecordCopy.with(found, "tls", tls)))
                    .contains("TLS        TLSv1.3 not known, no answer within 10 s")
                    .anyMatch(line -> line.endsWith("idf-5.5 can connect"))
                    .anyMatch(line -> line.endsWith(
                            "idf-6 (mbedTLS 4.1) may connect or not: its ClientHello found no answer within 10 s"));
        }
    }

    /** The connection ends with the watch, and its ping finds nobody. */
    @Test
    void aHelloThatCameIsNotMissedWhereNothingIsWatched() {
        try (ExaminedGateway gateway = ExaminedGateway.sound()) {
            Examination found = gateway.examineUnwatched();
            assertThat(found.session().hello()).isNotNull();
            assertThat(found.session().helloFault()).isNull();
        }
    }

    @Test
    void tellsOfTicketsThatAreTooLongForSmallBuffers() {
        TicketFinding java = new TicketFinding("TLSv1.2", 1200, true, true);
        assertThat(java.inWords(Translation.english()))
                .isEqualTo("TLSv1.2 gives tickets of 1200 bytes, and takes a session up again");
        assertThat(java.warning(Translation.english())).contains("-0x7080", "those of a Java server");
        assertThat(new TicketFinding("TLSv1.2", 200, false, false).warning(Translation.english()))
                .isEmpty();
    }

    private static List<String> outlook(Defect defect) {
        try (ExaminedGateway gateway = ExaminedGateway.withCertificate(defect)) {
            return GenerationOutlook.of(gateway.examineWss("xiaozhi-wifi").tls());
        }
    }

    private static List<String> defects(Defect defect) {
        try (ExaminedGateway gateway = ExaminedGateway.withCertificate(defect)) {
            return gateway.examineChain().defects();
        }
    }

    @Test
    void seesARedirectThatFewDevicesFollow() {
        try (ExaminedGateway gateway =
                ExaminedGateway.sound(new UpgradeFault.Redirect("wss://gateway.test/xiaozhi/v1/", 301))) {
            Examination found = gateway.examineWs("xiaozhi-wifi");
            assertThat(found.upgrade().status()).isEqualTo(301);
            assertThat(found.session()).isNull();
            assertThat(found.devices().get(0).because())
                    .contains("301")
                    .contains("redirects to wss://gateway.test/xiaozhi/v1/, which xiaozhi does not follow");
            assertThat(ExaminationText.of(found, Translation.to("zh")))
                    .anyMatch(line -> line.endsWith("! 它重定向到 wss://gateway.test/xiaozhi/v1/，xiaozhi 不跟随。"));
        }
    }

    @Test
    void listsWhoIsRefused() {
        try (ExaminedGateway gateway = ExaminedGateway.askingForTokens()) {
            Examination found = gateway.examineWs("xiaozhi-wifi");
            assertThat(found.refusals())
                    .filteredOn(refusal -> refusal.request().equals("a wrong token"))
                    .singleElement()
                    .satisfies(refusal -> {
                        assertThat(refusal.answer()).isEqualTo("HTTP/1.1 403 Forbidden");
                        assertThat(refusal.admitted()).isFalse();
                    });
            assertThat(found.devices().get(0).because()).contains("403");
            assertThat(found.otherProtocol().get(0).asked()).isEqualTo("TLS");
            assertThat(found.otherProtocol().get(0).answer())
                    .isIn("it closed the connection", "it reset the connection");
        }
    }

    @Test
    void oneAnswerToEverythingIsNotTheGateways() {
        try (ExaminedGateway gateway = ExaminedGateway.denyingThisAddress()) {
            assertThat(gateway.examineWs("xiaozhi-wifi").remarks())
                    .anyMatch(remark -> remark.contains("all 10 wrong ones were answered 'HTTP/1.1 403 Forbidden'"))
                    .noneMatch(remark -> remark.contains("--address"));
            String byNumber = "ws://127.0.0.1:" + gateway.plainPort() + "/xiaozhi/v1/";
            assertThat(ExaminedGateway.examine(byNumber, new TrustRoots("no root", List.of()), "xiaozhi-wifi")
                            .remarks())
                    .anyMatch(remark -> remark.contains("try its name, with --address 127.0.0.1"));
        }
        try (ExaminedGateway gateway = ExaminedGateway.sound()) {
            assertThat(gateway.examineWs("xiaozhi-wifi").remarks()).isEmpty();
        }
    }

    @Test
    void saysHowLongItLookedAndHowToLookLonger() {
        assertThat(keepalive(quiet(Duration.ofMillis(24_961), null)))
                .contains("no ping in 25 s")
                .contains("it was watched for 25 s: --watch 75s tells");
        assertThat(keepalive(quiet(Duration.ofMillis(75_004), null))).doesNotContain("--watch");
        assertThat(keepalive(quiet(Duration.ofMillis(59_968), "it closed")))
                .contains("no ping in 60 s")
                .doesNotContain("--watch");
    }

    private static SessionFinding quiet(Duration watched, @Nullable String ended) {
        return new SessionFinding("{}", Duration.ZERO, null, watched, List.of(), null, Duration.ZERO, List.of(), ended);
    }

    private static String keepalive(SessionFinding session) {
        UpgradeAsk ask = UpgradeAsk.of(
                ServerUrl.parse("ws://gateway.test/"), new Identity(null, "c", "d", 1), new SecureRandom());
        return String.join(
                "\n",
                ExaminationText.of(new Examination(
                        "ws://gateway.test/",
                        Instant.EPOCH,
                        List.of("127.0.0.1"),
                        List.of(),
                        Duration.ZERO,
                        null,
                        List.of(),
                        UpgradeFinding.none(ask, "not asked"),
                        session,
                        List.of(),
                        List.of(),
                        List.of())));
    }

    @Test
    void jsonHasTheSameFindings() throws IOException {
        try (ExaminedGateway gateway = ExaminedGateway.sound()) {
            Examination found = gateway.examineWs("xiaozhi-wifi");
            JsonNode json = new ObjectMapper().readTree(ExaminationText.json(found));
            assertThat(json.at("/devices/0/connects").asBoolean()).isTrue();
            assertThat(json.at("/devices/0/elapsed-seconds").isNumber()).isTrue();
            assertThat(json.at("/upgrade/accept-right").asBoolean()).isTrue();
            assertThat(json.at("/tls").isNull()).isTrue();
            assertThat(ExaminationText.of(found)).anyMatch(line -> line.startsWith("xiaozhi-wifi  connects in "));
        }
    }

    @Test
    void nobodyThereIsOneSentence() {
        assertThatThrownBy(() -> ExaminedGateway.examine("ws://gateway.test:1/", new TrustRoots("no root", List.of())))
                .isInstanceOf(ExamineException.class)
                .hasMessage("Nothing can be reached at 127.0.0.1 port 1: connection refused.");
    }
}
