package io.fieldloop.qemu.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** CONSOLE.md says what dictionaries take. */
class DictionaryPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("`([\\w-]+)`");

    private final String page = read();

    @Test
    void theExampleIsADictionaryThatWorks() {
        ConsoleDictionary doorbell = DictionaryReader.read(
                "doorbell.yaml",
                EXAMPLE.matcher(page).results().findFirst().orElseThrow().group(1));
        Console console = new Console(doorbell).print("""
                I (10) WS: Connecting to websocket server: wss://gateway.test/ with version: 1
                W (20) doorbell: clock is 1970, certificate ends before
                E (30) WS: Failed to connect to websocket server
                """);

        assertThat(console.refusal().reason()).isEqualTo(FailureReason.CERTIFICATE_EXPIRED);
        assertThat(doorbell.controls().orElseThrow().connect()).isEqualTo("ring");
    }

    @Test
    void everyObservationAndValueIsNamedInItsOrder() {
        assertThat(words("Observations: ", "turn-failed")).containsExactlyElementsOf(Observation.words());
        assertThat(words("Values: ", "inSeconds").stream().filter(word -> !word.equals("fieldloop")))
                .containsExactlyElementsOf(Value.words());
    }

    private List<String> words(String from, String last) {
        String text = page.substring(page.indexOf(from));
        text = text.substring(0, text.indexOf("`" + last + "`") + last.length() + 2);
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(word -> word.replace("`", ""))
                .toList();
    }

    private static String read() {
        try {
            return Files.readString(Path.of("CONSOLE.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
