package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The device test page of {@code fieldloop serve} in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChromiumTest {
    private static final String VERDICT = "return document.getElementById('verdict').innerText";

    private @Nullable FieldloopCommand served;
    private @Nullable Chromium browser;

    @BeforeAll
    void start() {
        Chromium.assumeInstalled();
        served = FieldloopCommand.serve(
                "--ws=0", "--wss=0", "--admin=0", "--token-key=key", "--token-for=02:00:00:00:00:01,browser");
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

    /** Opens the page afresh; a new fragment alone would not load it again. */
    private void openPage() {
        URI page = served.page();
        browser.open(URI.create("about:blank"));
        browser.open(page);
        awaitText("return document.getElementById('gateway').innerText", "it asks for a token");
        browser.run("document.getElementById('seconds').value = 1");
    }

    private void connect() {
        browser.run("document.getElementById('connect').click()");
    }

    private void awaitText(String script, String wanted) {
        OutsideProgram.patiently()
                .untilAsserted(() -> assertThat(browser.run(script).asText()).contains(wanted));
    }

    @Test
    void holdsAConversation() {
        openPage();
        connect();

        awaitText(VERDICT, "A whole turn works");
    }

    @ParameterizedTest
    @CsvSource({
        "device-id, '',                         device-id-missing",
        "device-id, 10-ff-e0-b3-35-76,          device-id-malformed",
        "token,     '',                         token-missing",
        "client-id, somebody-else,              token-mismatch"
    })
    void saysWhyItIsRefused(String field, String value, String reason) {
        openPage();
        browser.run("document.getElementById(arguments[0]).value = arguments[1]", field, value);
        connect();

        awaitText(VERDICT, "Refused: " + reason);
    }

    @Test
    void saysThatThePathIsWrong() {
        openPage();
        browser.run("const url = document.getElementById('url'); url.value = url.value.replace('/xiaozhi/v1/', '/')");
        connect();

        awaitText(VERDICT, "Refused: path-not-found");
    }

    /** The run's root is in no browser's store: Chromium ends the handshake with an alert, and the gateway knows its number. */
    @Test
    void saysThatTheCertificateIsNotTrusted() {
        openPage();
        browser.run("document.getElementById('url').value = arguments[0]", secureOnLoopback());
        connect();

        awaitText(VERDICT, "Refused: tls-alert-received");
    }

    private String secureOnLoopback() {
        URI wss = served.wss();
        return "wss://127.0.0.1:" + wss.getPort() + wss.getPath();
    }

    /** A web page of somebody else's, here another gateway's 404, gets no connection and cannot find out why. */
    @Test
    void aForeignPageIsRefused() {
        openPage();
        String url = browser.run("return document.getElementById('url').value").asText();
        try (LoopbackGateway elsewhere = LoopbackGateway.plain(config -> config)) {
            browser.open(URI.create("http://127.0.0.1:" + elsewhere.port() + "/"));
            browser.run(
                    "window.told = ''; const socket = new WebSocket(arguments[0] + '?device-id=02:00:00:00:00:01');"
                            + "socket.onopen = () => told = 'open'; socket.onclose = event => told = 'closed ' + event.code",
                    url);
            awaitText("return told", "closed 1006");
        }

        openPage();
        awaitText("return document.getElementById('refusals').innerText", "origin-refused");
    }
}
