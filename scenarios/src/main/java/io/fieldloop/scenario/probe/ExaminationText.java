package io.fieldloop.scenario.probe;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.probe.finding.AddressFinding;
import io.fieldloop.scenario.probe.finding.CertificateFinding;
import io.fieldloop.scenario.probe.finding.ChainFinding;
import io.fieldloop.scenario.probe.finding.PlainFinding;
import io.fieldloop.scenario.probe.finding.ProfileVerdict;
import io.fieldloop.scenario.probe.finding.RefusalFinding;
import io.fieldloop.scenario.probe.finding.SessionFinding;
import io.fieldloop.scenario.probe.finding.TicketFinding;
import io.fieldloop.scenario.probe.finding.TlsFinding;
import io.fieldloop.scenario.probe.finding.UpgradeFinding;
import io.fieldloop.scenario.report.jsonl.RecordJson;
import io.fieldloop.scenario.report.text.TimeText;
import io.fieldloop.scenario.report.text.VisibleText;
import io.fieldloop.server.connection.Secrets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An examination as a page for a terminal. */
public final class ExaminationText {
    private static final int LABEL_CHARACTERS = 11;

    private final Examination examination;
    private final Translation language;
    private final List<String> lines = new ArrayList<>();

    private ExaminationText(Examination examination, Translation language) {
        this.examination = examination;
        this.language = language;
    }

    /** The lines of the page. */
    public static List<String> of(Examination examination) {
        return of(examination, Translation.english());
    }

    /** The same with the verdicts in a language; what was seen on the wire stays as it is. */
    public static List<String> of(Examination examination, Translation language) {
        return new ExaminationText(examination, language)
                .lines().stream().map(Secrets::masked).toList();
    }

    /** The same as JSON; the keys are the components of {@link Examination} and the records in it. */
    public static String json(Examination examination) {
        return RecordJson.indented(examination);
    }

    private List<String> lines() {
        lines.add(examination.url() + "  at " + String.join(", ", examination.addresses()) + ", "
                + examination.examinedAt().truncatedTo(ChronoUnit.SECONDS));
        lines.add("");
        add("TCP", "connected in " + TimeText.of(examination.connect()));
        for (AddressFinding other : examination.otherAddresses()) {
            add("Address", other.address() + ": " + other.answer());
            if (!other.same()) {
                warn("Devices whose resolver names " + other.address() + " first get another answer than the rest.");
            }
        }
        if (examination.tls() != null) {
            addTls(examination.tls());
        }
        examination.otherProtocol().forEach(this::addOtherProtocol);
        addUpgrade(examination.upgrade());
        if (examination.session() != null) {
            addSession(examination.session());
        }
        addRefusals();
        addDevices();
        examination.remarks().forEach(remark -> add("Note", language.sentence(remark)));
        return lines;
    }

    private void addTls(TlsFinding tls) {
        for (TlsFinding.Version version : tls.versions()) {
            String no = (version.answered() ? "no, " : "not known, ") + version.refusal();
            add("TLS", pad(version.name(), 8) + (version.accepted() ? "yes" : no));
            version.suites().forEach(suite -> add("", "        " + suite));
        }
        ChainFinding chain = tls.chain();
        if (chain != null) {
            chain.certificates().forEach(certificate -> add("Chain", certificate(certificate)));
            add(
                    "",
                    (chain.trusted() ? "leads to one of " : "does not lead to any of ") + chain.roots() + "; the leaf "
                            + (chain.leafDaysLeft() < 0 ? "is over" : "has " + chain.leafDaysLeft() + " days left"));
            chain.defects().forEach(this::warn);
        }
        String label = "ESP-IDF";
        for (String sentence : GenerationOutlook.of(tls)) {
            add(label, sentence);
            label = "";
        }
        tls.names().forEach(name -> add("SNI", name(name)));
        add(
                "Desktop",
                (tls.desktop().accepts()
                                ? "this Java's TLS client accepts it: "
                                : "this Java's TLS client refuses it: ")
                        + VisibleText.line(tls.desktop().outcome()));
        add(
                "ALPN",
                "offered h2 and http/1.1, it "
                        + (tls.chosenProtocol() == null ? "chooses none" : "chooses " + tls.chosenProtocol()));
        tls.tickets().forEach(this::addTickets);
        tls.remarks().forEach(this::warn);
    }

    private void addTickets(TicketFinding tickets) {
        add("Tickets", tickets.inWords(language));
        String warning = tickets.warning(language);
        if (!warning.isEmpty()) {
            warn(warning);
        }
    }

    private static String certificate(CertificateFinding certificate) {
        return certificate.subject()
                + (certificate.names().isEmpty() ? "" : " (" + String.join(", ", certificate.names()) + ")") + ", "
                + certificate.key() + ", " + certificate.signature() + ", "
                + certificate
                        .notBefore()
                        .truncatedTo(ChronoUnit.DAYS)
                        .toString()
                        .substring(0, 10) + " to "
                + certificate.notAfter().truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);
    }

    private static String name(TlsFinding.ServerName name) {
        String asked = name.what() + (name.sent() == null ? "" : " (" + name.sent() + ")");
        String found = name.certificate() == null
                ? "no certificate"
                : name.sameCertificate() && !name.what().equals("sent")
                        ? "the same certificate"
                        : "certificate for " + name.certificate();
        return asked + ": " + found + (name.refusal() == null ? "" : "; " + name.refusal());
    }

    private void addOtherProtocol(PlainFinding plain) {
        add(
                plain.asked().equals("TLS") ? "TLS" : "Plain",
                plain.asked() + " on port " + plain.port() + ": " + plain.answer()
                        + (plain.redirectsTo().isEmpty() ? "" : ", redirects to " + plain.redirectsTo()));
    }

    private void addUpgrade(UpgradeFinding upgrade) {
        String label = "Upgrade";
        for (String line : upgrade.answer().split("(?<=\n)", -1)) {
            if (!line.isEmpty()) {
                add(label, VisibleText.line(line).replace("\\x0d", "\\r").replace("\\x0a", "\\n"));
                label = "";
            }
        }
        if (upgrade.failure() != null) {
            add(label, upgrade.failure());
        }
        if (!upgrade.pieces().isEmpty()) {
            UpgradeFinding.Piece last = upgrade.pieces().get(upgrade.pieces().size() - 1);
            add(
                    "",
                    upgrade.answer().length() + " bytes in " + upgrade.pieces().size()
                            + (upgrade.pieces().size() == 1 ? " piece" : " pieces") + ", " + TimeText.of(last.after())
                            + " after the request");
        }
        upgrade.remarks().forEach(this::warn);
    }

    private void addSession(SessionFinding session) {
        if (session.hello() != null && session.helloAfter() != null) {
            add("Hello", language.say("after {0}: {1}", TimeText.of(session.helloAfter()), session.hello()));
        }
        if (session.helloFault() != null) {
            add("Hello", language.sentence(session.helloFault()));
        }
        String watched = SessionFinding.inWords(session.watched());
        add(
                "Keepalive",
                session.pingEvery() == null
                        ? language.say("no ping in {0}", watched)
                        : language.say(
                                session.pings().size() == 1
                                        ? "{0} ping in {1}, at most {2} apart"
                                        : "{0} pings in {1}, at most {2} apart",
                                session.pings().size(),
                                watched,
                                TimeText.of(session.pingEvery())));
        if (session.ended() != null) {
            add("", language.sentence(session.ended()));
        }
        if (session.endedTooEarlyToTell()) {
            add(
                    "",
                    language.say(
                            "fronts cut a quiet session after 60 s as a rule, and it was watched for {0}: --watch 75s tells",
                            watched));
        }
        session.remarks().forEach(this::warn);
    }

    private void addRefusals() {
        String label = "Asked with";
        for (RefusalFinding refusal : examination.refusals()) {
            add(label, pad(refusal.request(), 22) + (refusal.admitted() ? "admitted: " : "") + refusal.answer());
            label = "";
        }
    }

    /** Half a sentence about the server, or about the reason as {@code explain} says it whole. */
    private String because(String half) {
        String said = language.sentence(half);
        String whole = Character.toUpperCase(half.charAt(0)) + half.substring(1) + ".";
        String explained = language.of(whole);
        return said.equals(half) && !explained.equals(whole) ? explained.substring(0, explained.length() - 1) : said;
    }

    private void addDevices() {
        lines.add("");
        int width = examination.devices().stream()
                .mapToInt(verdict -> verdict.profile().length())
                .max()
                .orElse(0);
        for (ProfileVerdict verdict : examination.devices()) {
            lines.add(pad(verdict.profile(), width + 2)
                    + (verdict.connects()
                            ? language.say("connects in {0}", TimeText.of(verdict.elapsed()))
                                    + (verdict.tls() == null ? "" : ", " + verdict.tls())
                            : language.say(
                                    "fails after {0}, because {1}",
                                    TimeText.of(verdict.elapsed()), because(String.valueOf(verdict.because())))));
            if (!verdict.connects()) {
                lines.add(" ".repeat(width + 2)
                        + verdict.reason()
                        + (verdict.code() == null ? "" : ", code " + verdict.code())
                        + language.say(" (`fieldloop explain {0}`); its console:", String.valueOf(verdict.reason())));
                verdict.log().forEach(line -> lines.add(" ".repeat(width + 2) + line));
            }
        }
        lines.add("");
    }

    private void warn(String sentence) {
        add("", "! " + language.sentence(sentence));
    }

    private void add(String label, String text) {
        lines.add(pad(label, LABEL_CHARACTERS) + text);
    }

    private static String pad(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }
}
