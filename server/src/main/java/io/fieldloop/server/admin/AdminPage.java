package io.fieldloop.server.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.event.RefusalAdvice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A page of the admin listener: one document that needs nothing from elsewhere.
 *
 * <p>Its policy admits just its own script and style, by their hashes.
 */
final class AdminPage {
    private final AdminAnswer answer;

    private AdminPage(String html, String style, String script, String connects) {
        String policy = "default-src 'none'; script-src " + hash(script) + "; style-src " + hash(style)
                + "; connect-src " + connects
                + "; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        String page = html.replace("/*style*/", style).replace("/*script*/", script);
        this.answer = AdminAnswer.page(page, policy);
    }

    /** Where a browser plays the device; the person at it says to which host, so it may connect to any WebSocket. */
    static AdminPage deviceTest(String language) {
        ObjectNode texts = JsonNodeFactory.instance.objectNode();
        RefusalAdvice.translations(language).forEach(texts::put);
        String own = language.equals("en") ? "{}" : resource("device-test-page." + language + ".json");
        return page("device-test-page", language, "Object.assign(" + own + ", " + texts + ")", "'self' ws: wss:");
    }

    /** What happens at the gateway, as it happens, in a language there is a file of texts for. */
    static AdminPage live(String language) {
        return page("live-page", language, resource("live-page." + language + ".json"), "'self'");
    }

    private static AdminPage page(String name, String language, String texts, String connects) {
        String script = resource(name + ".js").replace("/*texts*/", texts);
        String html = resource(name + ".html").replace("lang=\"en\"", "lang=\"" + language + "\"");
        return new AdminPage(html, resource(name + ".css"), script, connects);
    }

    AdminAnswer answer() {
        return answer;
    }

    private static String resource(String file) {
        try (InputStream content = AdminPage.class.getResourceAsStream(file)) {
            if (content == null) {
                throw new IllegalStateException(file + " is missing from the jar.");
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A source expression for exactly this content, as CSP Level 3, 2.3.1 writes it. */
    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }
}
