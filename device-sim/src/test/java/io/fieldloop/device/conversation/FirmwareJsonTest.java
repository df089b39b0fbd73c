package io.fieldloop.device.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The firmware's idea of JSON: a table of our own, and Debian's libcjson as the judge of that table and of what chance makes of it. */
class FirmwareJsonTest {

    /** The text, and what the firmware finds under {@code type} and {@code n}. */
    record Reading(String text, String found) {}

    static List<Reading> readings() {
        return List.of(
                new Reading("{\"type\":\"stt\",\"n\":7}", "type=stt n=7"),
                new Reading("{\"TYPE\":\"stt\",\"N\":7}", "type=stt n=7"),
                new Reading("{\"\u212Aey\":1,\"type\":\"a\"}", "type=a n=-"),
                new Reading("{\"type\":\"first\",\"Type\":\"second\"}", "type=first n=-"),
                new Reading("\uFEFF{\"type\":\"bom\"}", "type=bom n=-"),
                new Reading("\uFEFF1", "type=- n=-"),
                new Reading("\u0001\u001F {\"type\"\u0007:\"blanks\"}", "type=blanks n=-"),
                new Reading("{\"type\":\"a\u0001\n\tb\"}", "type=a\u0001\n\tb n=-"),
                new Reading("{\"type\":\"a\\u0000b\",\"n\":1}", "type=a n=1"),
                new Reading("{\"type\\u0000x\":\"a\"}", "type=a n=-"),
                new Reading("{\"type\":\"\\u20ac\\ud83d\\ude00\"}", "type=\u20AC\uD83D\uDE00 n=-"),
                new Reading("{\"type\":\"\\ud83d\"}", "type=- n=-"),
                new Reading("{\"type\":\"\\ud83dxxxxxx\"}", "type=- n=-"),
                new Reading("{\"type\":\"\\ud83d\\u0041\"}", "type=- n=-"),
                new Reading("{\"type\":\"\\ude00\"}", "type=- n=-"),
                new Reading("{\"type\":\"a\\u+123b\"}", "type=a n=-"),
                new Reading("{\"type\":\"a\\u\u00E90a\\tb\"}", "type=a n=-"),
                new Reading("{\"type\":\"\\u12\",\"n\":\"x\"}", "type=- n=-"),
                new Reading("{\"type\":\"a\",\"x\":\"\\x\"}", "type=- n=-"),
                new Reading("{\"type\":\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"}", "type=/\b\f\n\r\t\"\\ n=-"),
                new Reading("{\"n\":007,\"type\":\"a\"}", "type=a n=7"),
                new Reading("{\"n\":1.,\"type\":\"a\"}", "type=a n=1"),
                new Reading("{\"n\":-.5e1,\"type\":\"a\"}", "type=a n=-5"),
                new Reading("{\"n\":2.9}", "type=- n=2"),
                new Reading("{\"n\":1e999}", "type=- n=2147483647"),
                new Reading("{\"n\":-9999999999}", "type=- n=-2147483648"),
                new Reading("{\"n\":1e}", "type=- n=-"),
                new Reading("{\"n\":-}", "type=- n=-"),
                new Reading("{\"n\":+1}", "type=- n=-"),
                new Reading("{\"n\":0x10}", "type=- n=-"),
                new Reading("{\"type\":\"a\"} and more", "type=a n=-"),
                new Reading("{\"type\":\"a\",}", "type=- n=-"),
                new Reading("{\"type\":\"a\" \"n\":1}", "type=- n=-"),
                new Reading("{\"type\":\"a\"", "type=- n=-"),
                new Reading("{type:\"a\"}", "type=- n=-"),
                new Reading("{'type':\"a\"}", "type=- n=-"),
                new Reading("{\"type\":\"a\",\"x\":[1,{},[],null,true,false]}", "type=a n=-"),
                new Reading("{\"type\":\"a\",\"x\":[1,]}", "type=- n=-"),
                new Reading("{\"type\":\"a\",\"x\":nul}", "type=- n=-"),
                new Reading("{\"type\":\"a\",\"x\":TRUE}", "type=- n=-"),
                new Reading("{\"type\":\"a\",\"x\":" + "[".repeat(999) + "]".repeat(999) + "}", "type=a n=-"),
                new Reading("{\"type\":\"a\",\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}", "type=- n=-"),
                new Reading("[\"type\",\"a\"]", "type=- n=-"),
                new Reading("{}", "type=- n=-"),
                new Reading(" ", "type=- n=-"),
                new Reading("", "type=- n=-"));
    }

    @ParameterizedTest
    @MethodSource("readings")
    void isReadAsTheFirmwareReadsIt(Reading reading) {
        JsonNode root = FirmwareJson.parse(reading.text());
        assertThat("type=" + shown(root, "type") + " n=" + shown(root, "n")).isEqualTo(reading.found());
    }

    private static String shown(@Nullable JsonNode root, String name) {
        JsonNode item = root == null ? null : root.get(name);
        return item == null ? "-" : item.isTextual() || item.isNumber() ? item.asText() : "o";
    }

    /** Debian's libcjson reads the table, and 20,000 texts made of it by changing, dropping and doubling characters. */
    @Test
    void isReadAsLibcjsonReadsIt(@TempDir Path folder) throws Exception {
        Path oracle = compiled(folder);
        List<String> texts = new ArrayList<>();
        readings().forEach(reading -> texts.add(reading.text()));
        long seed = 20261129;
        Random random = new Random(seed);
        while (texts.size() < 20_000) {
            texts.add(changed(
                    readings().get(random.nextInt(readings().size() - 1)).text(), random));
        }
        List<String> judged = judge(oracle, texts);
        for (int index = 0; index < texts.size(); index++) {
            JsonNode root = FirmwareJson.parse(texts.get(index));
            assertThat("type=" + told(root, "type") + " n=" + told(root, "n"))
                    .as("seed %d, text %d: %s", seed, index, texts.get(index))
                    .isEqualTo(judged.get(index));
        }
    }

    private static Path compiled(Path folder) throws Exception {
        Path source = folder.resolve("cjson-oracle.c");
        try (InputStream resource = FirmwareJsonTest.class.getResourceAsStream("cjson-oracle.c")) {
            Files.copy(resource, source);
        }
        Path oracle = folder.resolve("oracle");
        Process compiler = null;
        try {
            compiler = new ProcessBuilder("gcc", "-o", oracle.toString(), source.toString(), "-lcjson")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("gcc.log").toFile())
                    .start();
        } catch (IOException noCompiler) {
            assumeTrue(false, "no gcc on this machine");
        }
        assertThat(compiler.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assumeTrue(compiler.exitValue() == 0, "no libcjson-dev on this machine");
        return oracle;
    }

    private static String changed(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int edits = 1 + random.nextInt(2); edits > 0 && changed.length() > 0; edits--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(3)) {
                case 0 -> changed.setCharAt(at, "{}[]\",:\\u0 19.eE+-dn\u0001\u00E9".charAt(random.nextInt(22)));
                case 1 -> changed.deleteCharAt(at);
                default -> changed.insert(at, changed.charAt(at));
            }
        }
        return changed.toString();
    }

    private static List<String> judge(Path oracle, List<String> texts) throws Exception {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] bytes = text.getBytes(UTF_8);
            input.writeBytes((bytes.length + "\n").getBytes(UTF_8));
            input.writeBytes(bytes);
        }
        Path in = Files.write(oracle.resolveSibling("in"), input.toByteArray());
        Path out = oracle.resolveSibling("out");
        Process process = new ProcessBuilder(oracle.toString())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readAllLines(out);
    }

    private static String told(@Nullable JsonNode root, String name) {
        JsonNode item = root == null ? null : root.get(name);
        if (item == null) {
            return "-";
        }
        return item.isTextual()
                ? "s:" + HexFormat.of().formatHex(item.textValue().getBytes(UTF_8))
                : item.isNumber() ? "i:" + item.intValue() : "o";
    }
}
