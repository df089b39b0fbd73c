package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The live page of {@code fieldloop serve} in a real browser, while a client of the JDK plays the device. */
class LivePageTest {
    @RegisterExtension
    static final ServedPage page = new ServedPage("--ws=0", "--admin=0", "--link", "--ping=200ms");

    private static final String DEVICE = "02:00:00:00:00:01";
    private static final String TAB = "\uE004";
    private static final String ENTER = "\uE007";

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void openPage() {
        page.open(page.served().live());
        page.awaitText("state", "Live");
    }

    @Test
    void showsWhoComesAndGoesWithoutBeingLoadedAgain() throws Exception {
        page.browser().run("window.stays = true");
        WebSocket device = connect();
        page.awaitText("sessions", DEVICE);
        page.awaitText("sessions", "ms");
        device.abort();
        page.awaitText("nobody", "Nobody is connected.");
        assertThat(page.browser().run("return window.stays").asBoolean()).isTrue();
    }

    @Test
    void drawsWhatIsRefusedByClass() throws Exception {
        URI elsewhere = URI.create("http://127.0.0.1:" + page.served().ws().getPort() + "/elsewhere");
        client.send(HttpRequest.newBuilder(elsewhere).build(), BodyHandlers.discarding());

        page.awaitText("classes", "http-request");
        page.awaitText("refusals", "path-not-found");
        assertThat(page.browser()
                        .run("return document.querySelectorAll('#chart rect').length")
                        .asInt())
                .isPositive();
        assertThat(page.browser()
                        .run("return document.getElementById('chart').getAttribute('aria-label')")
                        .asText())
                .contains("http-request");
    }

    @Test
    void aKeyboardIsEnoughToPutAFaultOnAndTakeItOff() throws Exception {
        page.browser().run("document.getElementById('kind').focus()");
        page.browser().type("close-session");
        tabTo("of");
        page.browser().type(TAB + "1m" + ENTER);
        page.awaitText("said", "It is on.");
        page.awaitText("faults", "do: close-session");
        WebSocket device = connect();
        OutsideProgram.patiently()
                .untilAsserted(() -> assertThat(device.isInputClosed()).isTrue());
        page.awaitText("faults", "acted 1 times");

        page.browser().run("document.querySelector('#faults button').focus()");
        page.browser().type(ENTER);
        page.awaitText("nothing", "No fault is on.");
        connect().abort();
    }

    @Test
    void whatIsWrongIsSaidInTheGatewaysOwnSentence() {
        page.browser().run("document.getElementById('kind').focus()");
        page.browser().type("outage");
        page.browser().run("document.getElementById('for').value = '2 seconds'");
        page.browser().run("document.getElementById('form').requestSubmit()");

        page.awaitText("said", "POST /faults:1:18: outage.for: \"2 seconds\" is not a duration");
    }

    @Test
    void everyControlHasAName() {
        JsonNode nameless = page.browser()
                .run("return [...document.querySelectorAll('input, select, button, svg[role], a, th')]"
                        + ".filter(node => !(node.labels && node.labels.length) && !node.textContent.trim()"
                        + " && !node.getAttribute('aria-label')).map(node => node.outerHTML)");
        assertThat(nameless).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void canBeReadInTheLightAndInTheDark(String scheme) {
        page.browser()
                .devTools(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        JsonNode ratios = page.browser().run("""
                const style = getComputedStyle(document.documentElement);
                const light = name => {
                  const hex = style.getPropertyValue(name).trim().slice(1);
                  const full = hex.length === 3 ? [...hex].map(c => c + c).join('') : hex;
                  const [r, g, b] = [0, 2, 4].map(i => parseInt(full.slice(i, i + 2), 16) / 255)
                    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
                return [['--ink', '--card'], ['--soft', '--card'], ['--soft', '--paper'], ['--accent', '--card'],
                  ['--on-accent', '--accent'], ['--bad', '--bad-paper'], ['--bad', '--card']].map(pair => ratio(...pair));
                """);
        page.browser().devTools("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        // WCAG 2.2, 1.4.3
        assertThat(ratios).hasSize(7).allMatch(ratio -> ratio.asDouble() >= 4.5);
    }

    @Test
    void fitsOnAPhone() throws Exception {
        page.browser()
                .devTools(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
        WebSocket device = connect();
        page.awaitText("sessions", DEVICE);

        JsonNode width = page.browser().run("return document.documentElement.scrollWidth");
        page.browser().devTools("Emulation.clearDeviceMetricsOverride", Map.of());
        device.abort();
        assertThat(width.asInt()).isLessThanOrEqualTo(390);
    }

    @Test
    void speaksChineseWhereThatIsAskedFor() {
        page.browser().open(URI.create(page.served().live().toString().replace("/live#", "/live?lang=zh#")));

        page.awaitText("state", "实时");
        assertThat(page.browser().run("return document.documentElement.lang").asText())
                .isEqualTo("zh");
        assertThat(page.browser()
                        .run("return document.querySelector('#form button').innerText")
                        .asText())
                .isEqualTo("施加");
    }

    private void tabTo(String id) {
        for (int i = 0; i < 20 && !focused().equals(id); i++) {
            page.browser().type(TAB);
        }
        assertThat(focused()).isEqualTo(id);
    }

    private String focused() {
        return page.browser().run("return document.activeElement.id").asText();
    }

    private WebSocket connect() throws Exception {
        return client.newWebSocketBuilder()
                .header("Device-Id", DEVICE)
                .buildAsync(page.served().ws(), new WebSocket.Listener() {})
                .get(10, TimeUnit.SECONDS);
    }
}
