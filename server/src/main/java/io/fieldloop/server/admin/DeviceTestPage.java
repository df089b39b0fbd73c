package io.fieldloop.server.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page on which a browser plays the device.
 *
 * <p>It is served as one document; its policy admits just this script and this style by their hashes, and connections
 * to WebSockets of any host, since
 * the person at the page says where the gateway under test is.
 */
final class DeviceTestPage {
    private static final String NAME = "device-test-page";

    private final AdminAnswer answer;

    private DeviceTestPage(String html, String style, String script) {
        String policy = "default-src 'none'; script-src " + hash(script) + "; style-src " + hash(style)
                + "; connect-src 'self' ws: wss:; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        String page = html.replace("/*style*/", style).replace("/*script*/", script);
        this.answer = AdminAnswer.page(page, policy);
    }

    static DeviceTestPage load() {
        return new DeviceTestPage(resource(NAME + ".html"), resource(NAME + ".css"), resource(NAME + ".js"));
    }

    AdminAnswer answer() {
        return answer;
    }

    private static String resource(String file) {
        try (InputStream content = DeviceTestPage.class.getResourceAsStream(file)) {
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
