package io.fieldloop.scenario.shape.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads a YAML file into nodes; whatever is wrong with it comes out as one problem, never as an exception. */
public final class YamlTree {
    /** No hand-written scenario comes near; a larger file is another file. */
    public static final int FILE_BYTES_MAX = 1 << 20;

    private YamlTree() {}

    /** The root of the file, or nothing after telling {@code problems} why. */
    public static Optional<Node> read(Path path, Consumer<Problem> problems) {
        String name = path.toString();
        try {
            if (Files.isDirectory(path)) {
                problems.accept(problem(name, "is a directory; name the files in it", null));
                return Optional.empty();
            }
            byte[] bytes = beginning(path);
            if (bytes.length > FILE_BYTES_MAX) {
                problems.accept(problem(name, "is larger than 1 MiB", "a scenario file"));
                return Optional.empty();
            }
            return parse(name, decode(bytes), problems);
        } catch (NoSuchFileException missing) {
            problems.accept(problem(name, "no such file", null));
        } catch (AccessDeniedException forbidden) {
            problems.accept(problem(name, "cannot be read; look at its permissions", null));
        } catch (CharacterCodingException malformed) {
            problems.accept(problem(name, "is not UTF-8 text; save the file as UTF-8", null));
        } catch (IOException unreadable) {
            problems.accept(problem(name, "cannot be read (" + unreadable.getMessage() + ")", null));
        }
        return Optional.empty();
    }

    /** The whole file, or one byte more than is allowed: devices and pipes have no size to ask for. */
    private static byte[] beginning(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(FILE_BYTES_MAX + 1);
        }
    }

    /** The root of the text, or nothing after telling {@code problems} why. */
    public static Optional<Node> parse(String name, String text, Consumer<Problem> problems) {
        try {
            Optional<Node> root = compose(name, text, true);
            if (root.isEmpty()) {
                problems.accept(problem(name, "is empty", "a scenario"));
            }
            return root;
        } catch (MarkedYamlEngineException invalid) {
            problems.accept(invalid(name, text, invalid));
        } catch (ReaderException unprintable) {
            problems.accept(new Problem(
                    positionOf(name, text, unprintable.getPosition()),
                    "",
                    String.format(
                            Locale.ROOT,
                            "has a character that YAML does not allow (U+%04X)",
                            unprintable.getCodePoint()),
                    null,
                    null));
        } catch (YamlEngineException invalid) {
            problems.accept(problem(name, "is not valid YAML: " + oneLine(String.valueOf(invalid.getMessage())), null));
        }
        return Optional.empty();
    }

    /** A value written in code, such as a default; its nodes have no positions. */
    public static Node fragment(String yaml) {
        return compose("", yaml, false).orElseThrow(() -> new IllegalArgumentException("Empty YAML fragment"));
    }

    private static Optional<Node> compose(String name, String text, boolean marks) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setUseMarks(marks)
                .setAllowNonScalarKeys(true)
                .setCodePointLimit(FILE_BYTES_MAX)
                .build();
        return new Composer(settings, new PlainParser(new ParserImpl(settings, new StreamReader(settings, text))))
                .getSingleNode();
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Problem invalid(String name, String text, MarkedYamlEngineException invalid) {
        Mark mark = invalid.getProblemMark().or(invalid::getContextMark).orElse(null);
        SourcePosition position = mark == null ? new SourcePosition(name, 1, 1) : Nodes.position(mark, name);
        Optional<Problem> wide = WideSign.before(text, position);
        if (wide.isPresent()) {
            return wide.get();
        }
        String line = text.lines().skip(position.line() - 1L).findFirst().orElse("");
        if (charAt(line, position.column()) == '\t') {
            return new Problem(position, "", "has a tab here; YAML is indented with spaces", null, null);
        }
        if (invalid instanceof PlainParser.Refused) {
            return new Problem(position, "", oneLine(String.valueOf(invalid.getProblem())), null, null);
        }
        return new Problem(position, "", oneLine(YamlMistake.in(text, position, invalid)), null, null);
    }

    private static int charAt(String line, int column) {
        return column >= 1 && column <= line.length() ? line.charAt(column - 1) : -1;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static SourcePosition positionOf(String name, String text, int index) {
        String before = text.substring(0, Math.min(Math.max(index, 0), text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new SourcePosition(name, line + 1, before.length() - before.lastIndexOf('\n'));
    }

    private static Problem problem(String name, String message, @Nullable String expected) {
        return new Problem(new SourcePosition(name, 1, 1), "", message, expected, null);
    }
}
