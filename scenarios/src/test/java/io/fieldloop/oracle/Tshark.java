package io.fieldloop.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packet analyser, given a capture and the TLS secrets of a run. */
final class Tshark {
    private final Path capture;
    private final List<String> options;

    private Tshark(Path capture, List<String> options) {
        this.capture = capture;
        this.options = options;
    }

    static void assumeInstalled() {
        assumeTrue(
                OutsideProgram.works(List.of("tshark", "--version"), Map.of())
                        && OutsideProgram.works(List.of("text2pcap", "--version"), Map.of()),
                "tshark is not on this machine (apt-get install tshark)");
    }

    /** A reader of this capture; what is on the port is taken for HTTP over TLS. */
    static Tshark of(Path capture, int port, List<String> keyLog) {
        try {
            Path secrets = Files.write(capture.resolveSibling(capture.getFileName() + ".keys"), keyLog);
            return new Tshark(
                    capture,
                    List.of(
                            "-o",
                            "tls.keylog_file:" + secrets,
                            "-d",
                            "tcp.port==" + port + ",tls",
                            "-d",
                            "tls.port==" + port + ",http"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The values of these fields in each packet that passes the filter; several of one field stand with a space between them. */
    List<List<String>> values(String filter, String... fields) {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", capture.toString()));
        command.addAll(options);
        command.addAll(List.of("-Y", filter, "-T", "fields", "-E", "separator=/t", "-E", "aggregator=/s"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        return OutsideProgram.output(command)
                .lines()
                .filter(line -> !line.startsWith("Running as user"))
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }
}
