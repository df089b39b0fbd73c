package io.fieldloop.scenario.shape;

import io.fieldloop.scenario.shape.yaml.DefaultNodes;
import io.fieldloop.scenario.shape.yaml.Place;
import io.fieldloop.scenario.shape.yaml.Problem;
import io.fieldloop.scenario.shape.yaml.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads YAML that comes with the program, where a mistake is a defect of the build. */
public final class RecordFile {
    private RecordFile() {}

    /** The text of the resource beside {@code owner}. */
    public static String text(Class<?> owner, String resource) {
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("This build has no " + resource + ".");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(resource + " could not be read.", unreadable);
        }
    }

    /** The text as a {@code type}; throws {@code IllegalArgumentException} with all that is wrong, a line for each. */
    public static <T> T read(Class<T> type, String name, String text) {
        List<Problem> problems = new ArrayList<>();
        Optional<Node> root = YamlTree.parse(name, text, problems::add);
        @Nullable
        Object value = root.map(node -> new Binder(References.NONE, new DefaultNodes(), Map.of(), problems::add)
                        .bind(Shapes.of(type, Dialect.PLAIN), node, Place.file(name)))
                .orElse(null);
        if (value == null || !problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return type.cast(value);
    }
}
