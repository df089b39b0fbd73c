package io.fieldloop.oracle;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The device test page of {@code fieldloop serve} in a real page.browser(). */
class ChromiumTest {
    @RegisterExtension
    static final ServedPage page = new ServedPage(
            "--ws=0", "--wss=0", "--admin=0", "--token-key=key", "--token-for=02:00:00:00:00:01,browser");

    private static void openPage() {
        page.open(page.served().page());
        page.awaitText("gateway", "it asks for a token");
        page.browser().run("document.getElementById('seconds').value = 1");
    }

    private static void connect() {
        page.browser().run("document.getElementById('connect').click()");
    }

    @Test
    void holdsAConversation() {
        openPage();
        connect();

        page.awaitText("verdict", "A whole turn works");
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
        page.browser().run("document.getElementById(arguments[0]).value = arguments[1]", field, value);
        connect();

        page.awaitText("verdict", "Refused: " + reason);
    }

    @Test
    void saysThatThePathIsWrong() {
        openPage();
        page.browser()
                .run("const url = document.getElementById('url'); url.value = url.value.replace('/xiaozhi/v1/', '/')");
        connect();

        page.awaitText("verdict", "Refused: path-not-found");
    }

    /** The run's root is in no browser's store: Chromium ends the handshake with an alert, and the gateway knows its number. */
    @Test
    void saysThatTheCertificateIsNotTrusted() {
        openPage();
        page.browser().run("document.getElementById('url').value = arguments[0]", secureOnLoopback());
        connect();

        page.awaitText("verdict", "Refused: tls-alert-received");
    }

    private static String secureOnLoopback() {
        URI wss = page.served().wss();
        return "wss://127.0.0.1:" + wss.getPort() + wss.getPath();
    }

    /** A web page of somebody else's, here another gateway's 404, gets no connection and cannot find out why. */
    @Test
    void aForeignPageIsRefused() {
        openPage();
        String url = page.browser()
                .run("return document.getElementById('url').value")
                .asText();
        try (LoopbackGateway elsewhere = LoopbackGateway.plain(config -> config)) {
            page.browser().open(URI.create("http://127.0.0.1:" + elsewhere.port() + "/"));
            page.browser()
                    .run(
                            "window.told = ''; const socket = new WebSocket(arguments[0] + '?device-id=02:00:00:00:00:01');"
                                    + "socket.onopen = () => told = 'open'; socket.onclose = event => told = 'closed ' + event.code",
                            url);
            page.await("return told", "closed 1006");
        }

        openPage();
        page.awaitText("refusals", "origin-refused");
    }
}
