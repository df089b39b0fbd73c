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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The live page of {@code fieldloop serve} in a real browser, while a client of the JDK plays the device. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LivePageTest {
    private static final String DEVICE = "02:00:00:00:00:01";
    private static final String TAB = "\uE004";
    private static final String ENTER = "\uE007";

    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable FieldloopCommand served;
    private @Nullable Chromium browser;

    @BeforeAll
    void start() {
        Chromium.assumeInstalled();
        served = FieldloopCommand.serve("--ws=0", "--admin=0", "--link", "--ping=200ms");
        browser = new Chromium();
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (served != null) {
            served.close();
        }
    }

    @BeforeEach
    void openPage() {
        browser.open(URI.create("about:blank"));
        browser.open(served.live());
        awaitText("state", "Live");
    }

    @Test
    void showsWhoComesAndGoesWithoutBeingLoadedAgain() throws Exception {
        browser.run("window.stays = true");
        WebSocket device = connect();
        awaitText("sessions", DEVICE);
        awaitText("sessions", "ms");
        device.abort();
        awaitText("nobody", "Nobody is connected.");
        assertThat(browser.run("return window.stays").asBoolean()).isTrue();
    }

    @Test
    void drawsWhatIsRefusedByClass() throws Exception {
        URI elsewhere = URI.create("http://127.0.0.1:" + served.ws().getPort() + "/elsewhere");
        client.send(HttpRequest.newBuilder(elsewhere).build(), BodyHandlers.discarding());

        awaitText("classes", "http-request");
        awaitText("refusals", "path-not-found");
        assertThat(browser.run("return document.querySelectorAll('#chart rect').length")
                        .asInt())
                .isPositive();
        assertThat(browser.run("return document.getElementById('chart').getAttribute('aria-label')")
                        .asText())
                .contains("http-request");
    }

    @Test
    void aKeyboardIsEnoughToPutAFaultOnAndTakeItOff() throws Exception {
        browser.run("document.getElementById('kind').focus()");
        browser.type("close-session");
        tabTo("of");
        browser.type(TAB + "1m" + ENTER);
        awaitText("said", "It is on.");
        awaitText("faults", "do: close-session");
        WebSocket device = connect();
        OutsideProgram.patiently()
                .untilAsserted(() -> assertThat(device.isInputClosed()).isTrue());
        awaitText("faults", "acted 1 times");

        browser.run("document.querySelector('#faults button').focus()");
        browser.type(ENTER);
        awaitText("nothing", "No fault is on.");
        connect().abort();
    }

    @Test
    void whatIsWrongIsSaidInTheGatewaysOwnSentence() {
        browser.run("document.getElementById('kind').focus()");
        browser.type("outage");
        browser.run("document.getElementById('for').value = '2 seconds'");
        browser.run("document.getElementById('form').requestSubmit()");

        awaitText("said", "POST /faults:1:18: outage.for: \"2 seconds\" is not a duration");
    }

    @Test
    void everyControlHasAName() {
        JsonNode nameless =
                browser.run("return [...document.querySelectorAll('input, select, button, svg[role], a, th')]"
                        + ".filter(node => !(node.labels && node.labels.length) && !node.textContent.trim()"
                        + " && !node.getAttribute('aria-label')).map(node => node.outerHTML)");
        assertThat(nameless).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void canBeReadInTheLightAndInTheDark(String scheme) {
        browser.devTools(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        JsonNode ratios = browser.run("""
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
        browser.devTools("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        // WCAG 2.2, 1.4.3
        assertThat(ratios).hasSize(7).allMatch(ratio -> ratio.asDouble() >= 4.5);
    }

    @Test
    void fitsOnAPhone() throws Exception {
        browser.devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
        WebSocket device = connect();
        awaitText("sessions", DEVICE);

        JsonNode width = browser.run("return document.documentElement.scrollWidth");
        browser.devTools("Emulation.clearDeviceMetricsOverride", Map.of());
        device.abort();
        assertThat(width.asInt()).isLessThanOrEqualTo(390);
    }

    @Test
    void speaksChineseWhereThatIsAskedFor() {
        browser.open(URI.create(served.live().toString().replace("/live#", "/live?lang=zh#")));

        awaitText("state", "实时");
        assertThat(browser.run("return document.documentElement.lang").asText()).isEqualTo("zh");
        assertThat(browser.run("return document.querySelector('#form button').innerText")
                        .asText())
                .isEqualTo("施加");
    }

    private void tabTo(String id) {
        for (int i = 0; i < 20 && !focused().equals(id); i++) {
            browser.type(TAB);
        }
        assertThat(focused()).isEqualTo(id);
    }

    private String focused() {
        return browser.run("return document.activeElement.id").asText();
    }

    private WebSocket connect() throws Exception {
        return client.newWebSocketBuilder()
                .header("Device-Id", DEVICE)
                .buildAsync(served.ws(), new WebSocket.Listener() {})
                .get(10, TimeUnit.SECONDS);
    }

    private void awaitText(String id, String wanted) {
        OutsideProgram.patiently()
                .untilAsserted(() -> assertThat(browser.run(
                                        "const node = document.getElementById(arguments[0]);"
                                                + "return node.hidden ? '' : node.innerText",
                                        id)
                                .asText())
                        .contains(wanted));
    }
}
