package io.fieldloop.scenario.verdict;

import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario's file says of it to those who read its result.
 *
 * @param title its {@code scenario:} line
 * @param why its {@code why:}, or null
 * @param fix its {@code fix:}, or null
 * @param position where it begins
 */
public record About(
        String title,
        @Nullable String why,
        @Nullable String fix,
        List<String> links,
        List<String> tags,
        SourcePosition position) {
    public About {
        links = List.copyOf(links);
        tags = List.copyOf(tags);
    }

    public static About of(Scenario scenario) {
        return new About(
                scenario.title(),
                scenario.why(),
                scenario.fix(),
                scenario.links(),
                scenario.tags(),
                scenario.position());
    }
}
