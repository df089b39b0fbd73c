package io.fieldloop.scenario.model;

import java.util.List;

/** Closed lists of words that other modules own. */
public enum Vocabulary {
    DEVICE_PROFILE("device profile") {
        @Override
        public List<String> words() {
            return List.of(
                    "xiaozhi-wifi",
                    "xiaozhi-wifi-strict-time",
                    "xiaozhi-ml307",
                    "esp-idf-websocket",
                    "esp-idf-websocket-case-sensitive",
                    "strict-rfc6455");
        }
    },
    LINK_PRESET("link preset") {
        @Override
        public List<String> words() {
            return List.of("none", "cat1-typical", "cat4-good", "cat4-busy", "cat1-edge", "lte-cat1-typical");
        }
    },
    FAILURE_REASON("failure reason") {
        @Override
        public List<String> words() {
            return List.of(
                    "dns-failure",
                    "tcp-refused",
                    "tcp-timeout",
                    "tcp-reset",
                    "tls-timeout",
                    "tls-eof",
                    "tls-not-tls",
                    "protocol-version",
                    "handshake-failure",
                    "unrecognized-name",
                    "peer-alert",
                    "certificate-expired",
                    "certificate-not-yet-valid",
                    "certificate-name-mismatch",
                    "certificate-untrusted",
                    "heap-exhausted",
                    "upgrade-timeout",
                    "upgrade-refused",
                    "accept-missing",
                    "accept-wrong",
                    "response-malformed",
                    "response-too-large",
                    "hello-timeout",
                    "unsupported-transport",
                    "invalid-url",
                    "connection-lost",
                    "closed-by-server",
                    "channel-timeout",
                    "closed-by-user");
        }
    };

    private final String what;

    Vocabulary(String what) {
        this.what = what;
    }

    /** What one word of the list is, for messages. */
    public String what() {
        return what;
    }

    public abstract List<String> words();
}
