package io.fieldloop.scenario.probe;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.probe.finding.MqttFinding;
import io.fieldloop.scenario.probe.finding.OtaFinding;
import io.fieldloop.scenario.report.jsonl.RecordJson;
import io.fieldloop.scenario.report.text.TimeText;
import io.fieldloop.server.connection.Secrets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The examination of an OTA address as a page for a terminal. */
public final class OtaExaminationText {
    private final OtaExamination examination;
    private final Translation language;
    private final List<String> lines = new ArrayList<>();

    private OtaExaminationText(OtaExamination examination, Translation language) {
        this.examination = examination;
        this.language = language;
    }

    /** The lines of the page; what it says of the WebSocket comes last. */
    public static List<String> of(OtaExamination examination) {
        return of(examination, Translation.english());
    }

    /** The same with the verdicts in a language. */
    public static List<String> of(OtaExamination examination, Translation language) {
        return new OtaExaminationText(examination, language)
                .lines().stream().map(Secrets::masked).toList();
    }

    /** The same as JSON; the keys are the components of {@link OtaExamination} and the records in it. */
    public static String json(OtaExamination examination) {
        return RecordJson.indented(examination);
    }

    /** The page of a broker that was examined by itself. */
    public static List<String> of(MqttFinding broker, Translation language) {
        List<String> lines = new ArrayList<>(List.of(line("MQTT", broker.endpoint() + ": " + broker.outcome())));
        if (broker.udp() != null) {
            lines.add(line("UDP", broker.udp() + ": " + broker.voice()));
        }
        lines.add(line(
                "So",
                language.of(
                        broker.connected()
                                ? "a device with this login is let in"
                                : "a device with this login is not let in")));
        return lines.stream().map(Secrets::masked).toList();
    }

    /** The same as JSON. */
    public static String json(MqttFinding broker) {
        return RecordJson.indented(broker);
    }

    private List<String> lines() {
        OtaFinding ota = examination.ota();
        lines.add(examination.url() + "  " + examination.examinedAt().truncatedTo(ChronoUnit.SECONDS));
        lines.add("");
        add("OTA", answer(ota));
        addTime(ota);
        add(
                "Firmware",
                ota.firmware() == null
                        ? "none to install"
                        : "version " + ota.firmware() + " (not fetched: links may end after three downloads)");
        if (ota.code() != null) {
            add("Activation", "unbound; a device with this Device-Id would show the code " + ota.code());
        }
        add("WebSocket", webSocket());
        addMqtt();
        ota.warnings().forEach(warning -> add("!", warning));
        add("So", language.of(verdict()));
        Examination there = examination.webSocket();
        if (there != null) {
            lines.add("");
            lines.addAll(ExaminationText.of(there, language));
        }
        return lines;
    }

    private String verdict() {
        MqttFinding mqtt = examination.mqtt();
        if (examination.ota().restarts()) {
            return "a device that asks here restarts and asks again, for ever";
        }
        if (examination.allReachable()) {
            return "a device that asks here gets where it is sent";
        }
        return mqtt != null && mqtt.connected() && !mqtt.talks()
                ? "a device that asks here is let in by the broker, and cannot talk"
                : "a device that asks here does not get where it is sent, or is sent nowhere";
    }

    private static String answer(OtaFinding ota) {
        return ota.status() == null
                ? "no HTTP answer" + (ota.fate().isEmpty() ? "" : ": " + ota.fate())
                : "status " + ota.status() + ", " + ota.bodyBytes() + " bytes, in " + TimeText.of(ota.elapsed());
    }

    private void addTime(OtaFinding ota) {
        Duration ahead = ota.clockAhead();
        if (ota.isAnswer()) {
            add(
                    "Time",
                    ahead == null
                            ? "none; devices stay in 1970, where every certificate is not yet valid for builds that check dates"
                            : "the server's clock " + (agrees(ota, ahead) ? "agrees with this machine's" : away(ahead))
                                    + "; devices add " + ota.timezoneMinutes() + " minutes to it");
        }
    }

    /** Within what the answer itself took, and the second that a server may cut off. */
    private static boolean agrees(OtaFinding ota, Duration ahead) {
        return ahead.abs().compareTo(ota.elapsed().plusSeconds(1)) <= 0;
    }

    private static String away(Duration ahead) {
        return "is " + TimeText.of(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead");
    }

    private String webSocket() {
        if (examination.ota().webSocket() == null) {
            return "none is handed out";
        }
        Examination there = examination.webSocket();
        String fate = there == null
                ? String.valueOf(examination.webSocketProblem())
                : there.allConnect() ? "every kind of device connects" : "not every kind of device connects, see below";
        return examination.ota().webSocket() + ": " + fate;
    }

    private void addMqtt() {
        MqttFinding mqtt = examination.mqtt();
        if (mqtt == null) {
            add("MQTT", "none is handed out");
            return;
        }
        add("MQTT", mqtt.endpoint() + ": " + mqtt.outcome());
        if (mqtt.udp() != null) {
            add("UDP", mqtt.udp() + ": " + mqtt.voice());
        }
    }

    private void add(String label, String text) {
        lines.add(line(label, text));
    }

    private static String line(String label, String text) {
        return "  " + label + " ".repeat(Math.max(1, 11 - label.length())) + text;
    }
}
