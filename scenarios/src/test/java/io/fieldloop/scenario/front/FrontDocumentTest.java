package io.fieldloop.scenario.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README of the gateway prints what {@code fieldloop front} prints; run with {@code -Dfieldloop.refresh=true} to write it anew. */
class FrontDocumentTest {
    private static final Path README = Path.of("..", "server", "README.md");
    private static final String BEGIN = "<!-- fronts: generated -->\n";
    private static final String END = "<!-- /fronts -->\n";

    @Test
    void theGatewaysReadmePrintsEachGoodConfiguration() throws IOException {
        String readme = Files.readString(README);
        int from = readme.indexOf(BEGIN) + BEGIN.length();
        int to = readme.indexOf(END);
        if (Boolean.getBoolean("fieldloop.refresh")) {
            Files.writeString(README, readme.substring(0, from) + generated() + readme.substring(to));
        }
        assertThat(Files.readString(README))
                .as("stale: run this test with -Dfieldloop.refresh=true and check the file in")
                .contains(BEGIN + generated() + END);
    }

    private static String generated() {
        FrontPlaces places = FrontPlaces.documented("voice.example.com", "127.0.0.1:8000");
        return FrontCatalogue.bundled().all().stream()
                .map(front -> "<details><summary>" + front.name() + "</summary>\n\n```\n"
                        + places.fill(front.configuration(Front.GOOD)) + "```\n</details>\n")
                .collect(Collectors.joining("\n"));
    }
}
