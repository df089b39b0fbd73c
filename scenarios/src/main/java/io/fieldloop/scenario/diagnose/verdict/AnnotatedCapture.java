package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.qemu.capture.PcapngWriter;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.TranslatedDiagnosis;
import io.fieldloop.scenario.diagnose.capture.CaptureInterface;
import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.capture.Packet;
import io.fieldloop.scenario.explain.Translation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A capture once more, with a diagnosis as comments on the packets that are its evidence; other comments are not kept. */
public final class AnnotatedCapture {
    private static final String PLACE = "packet ";

    private final Map<Long, String> comments = new HashMap<>();
    private final Map<CaptureInterface, Integer> interfaces = new HashMap<>();
    private final PcapngWriter out;
    private final Translation language;

    private AnnotatedCapture(PcapngWriter out, Translation language) {
        this.out = out;
        this.language = language;
    }

    /** Reads the file again and writes the other, with comments in that language. */
    public static void write(Path file, Diagnosis diagnosis, Translation language, Path annotated) throws IOException {
        try (CaptureReader reader = CaptureReader.open(file);
                PcapngWriter out = PcapngWriter.create(annotated, "fieldloop")) {
            AnnotatedCapture copy = new AnnotatedCapture(out, language);
            TranslatedDiagnosis.of(diagnosis, language).findings().forEach(copy::comment);
            for (Packet packet = reader.next(); packet != null; packet = reader.next()) {
                for (String secret : reader.newSecrets().lines().toList()) {
                    copy.secret(secret);
                }
                copy.packet(packet);
            }
        }
    }

    private void comment(Finding finding) {
        for (Cause cause : finding.causes()) {
            cause.evidence()
                    .forEach(one -> comment(
                            one,
                            cause.word() + " (" + language.of(cause.confidence().word()) + "): "));
        }
    }

    private void comment(Evidence evidence, String cause) {
        if (evidence.place().startsWith(PLACE)) {
            long packet = Long.parseLong(evidence.place().substring(PLACE.length()));
            String words = cause + evidence.shown() + (evidence.says().isEmpty() ? "" : "; " + evidence.says());
            comments.merge(packet, words, (one, other) -> one + "\n" + other);
        }
    }

    private void secret(String line) throws IOException {
        if (!line.isEmpty() && line.charAt(0) != '#') {
            out.tlsSecret(line);
        }
    }

    private void packet(Packet packet) throws IOException {
        Integer number = interfaces.get(packet.from());
        if (number == null) {
            number = out.addInterface(packet.from().name(), "", packet.from().linkType());
            interfaces.put(packet.from(), number);
        }
        out.packet(
                number,
                Instant.ofEpochSecond(0, packet.nanos()),
                ByteBuffer.wrap(packet.bytes(), packet.offset(), packet.captured()),
                packet.original(),
                comments.get(packet.number()));
    }
}
