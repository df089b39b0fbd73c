package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.server.pki.CertificateChain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The measured table again, with mbedTLS itself: a small client built against what Debian has (2.28.3), and against sources where they lie.
 *
 * <p>{@code -Dfieldloop.mbedtls=FOLDER} names a folder with a source tree for each version, called as its tag without {@code mbedtls-}: {@code
 * 3.6.2}, {@code 3.6.6}. A build takes about a minute of one core. Of mbedTLS 4, whose cryptography is a tree of its own inside, the libraries have
 * to lie there already: {@code cmake -S . -B build -DENABLE_TESTING=OFF && make -C build}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MbedTlsOracleTest {
    private static final String DEBIAN = "2.28.3";

    /** What the columns' builds leave out of mbedTLS's default configuration. */
    private static final Map<String, String> WITHOUT = Map.of(
            "p384", "#undef MBEDTLS_ECP_DP_SECP384R1_ENABLED\n#undef PSA_WANT_ECC_SECP_R1_384\n",
            "tls13", "#undef MBEDTLS_SSL_PROTO_TLS1_3\n");

    private final Map<String, Optional<Path>> clients = new HashMap<>();

    @TempDir
    private static Path directory;

    static Stream<Arguments> cells() throws IOException {
        return MbedTlsTable.cells();
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @MethodSource("cells")
    void mbedTlsItselfEndsAsWasMeasured(String build, MeasuredServer server, String expected) throws IOException {
        Optional<Path> client = clients.computeIfAbsent(build, this::built);
        assumeTrue(client.isPresent(), "no mbedTLS " + build + " and no compiler to build it with");
        try (LoopbackGateway gateway = server.start()) {
            List<String> command = new ArrayList<>(
                    List.of(client.get().toString(), server.host(), Integer.toString(gateway.port()), "-"));
            if (server.isVerified()) {
                command.set(3, file("root.pem", MeasuredServer.authority().rootPem()));
            }
            CertificateChain shown = server.clientCertificate();
            if (shown != null) {
                command.add(file("own.pem", shown.certificatesPem()));
                command.add(file("own.key", shown.keyPem()));
            }
            assertThat(run(command)).containsExactly(expected);
        }
    }

    private Optional<Path> built(String build) {
        try {
            String source = file("client.c", resource("mbedtls-client.c"));
            Path client = directory.resolve("client-" + build);
            List<String> command = new ArrayList<>(List.of("gcc", "-O1", "-o", client.toString(), source));
            int dash = build.indexOf('-');
            String version = dash < 0 ? build : build.substring(0, dash);
            if (version.equals(DEBIAN)) {
                command.addAll(List.of("-lmbedtls", "-lmbedx509", "-lmbedcrypto"));
            } else {
                Path tree = Path.of(System.getProperty("fieldloop.mbedtls", "none"), version);
                if (!Files.isDirectory(tree.resolve("library"))) {
                    return Optional.empty();
                }
                command.addAll(Files.isDirectory(tree.resolve("tf-psa-crypto")) ? libraries(tree) : sources(tree));
                if (dash > 0) {
                    String without = Objects.requireNonNull(WITHOUT.get(build.substring(build.lastIndexOf('-') + 1)));
                    command.add("-DMBEDTLS_USER_CONFIG_FILE=\"" + file("without.h", without) + "\"");
                }
            }
            run(command);
            return Files.isExecutable(client) ? Optional.of(client) : Optional.empty();
        } catch (IOException noCompiler) {
            return Optional.empty();
        }
    }

    private static List<String> libraries(Path tree) {
        Path crypto = tree.resolve("tf-psa-crypto");
        return List.of(
                "-I" + tree.resolve("include"),
                "-I" + crypto.resolve("include"),
                "-I" + crypto.resolve("drivers/builtin/include"),
                "-L" + tree.resolve("build/library"),
                "-lmbedtls",
                "-lmbedx509",
                "-ltfpsacrypto");
    }

    private static List<String> sources(Path tree) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-I" + tree.resolve("include"), "-I" + tree.resolve("library"), "-w"));
        try (Stream<Path> files = Files.list(tree.resolve("library"))) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".c"))
                    .sorted()
                    .forEach(arguments::add);
        }
        return arguments;
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(MbedTlsOracleTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
