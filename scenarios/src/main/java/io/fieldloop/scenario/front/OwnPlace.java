package io.fieldloop.scenario.front;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One place in a user's own configuration that says where it listens, where it leads to, or how it is called.
 *
 * @param key its kind as {@code fronts.yaml} writes it, with {@code -host} or {@code -port} where only that stands there
 * @param match one group, or two where host and port stand apart
 * @param line where it stands, as {@code FILE:LINE}
 */
record OwnPlace(String key, MatchResult match, String line) {
    private static final Pattern PORT = Pattern.compile("(?:.*\\D)?(\\d+)");

    enum Kind {
        WS("ws", "80", "the port for ws://"),
        WSS("wss", "443", "the port for wss://"),
        GATEWAY("gateway", "8000", "the gateway"),
        GATEWAY_WSS("gateway-wss", "8443", "the gateway's port for TLS"),
        /** Its block follows. */
        SITE("site", "", "the devices' host"),
        HOST("host", "", "the devices' host");

        private final String word;
        private final String documentedPort;
        private final String what;

        Kind(String word, String documentedPort, String what) {
            this.word = word;
            this.documentedPort = documentedPort;
            this.what = what;
        }

        String documentedPort() {
            return documentedPort;
        }

        String what() {
            return what;
        }

        boolean isBehind() {
            return this == GATEWAY || this == GATEWAY_WSS;
        }

        boolean isPlace() {
            return this != SITE && this != HOST;
        }

        String mark() {
            return isBehind() ? "@" + word + "@" : isPlace() ? "@address@:@" + word + "@" : "@host@";
        }

        String hostMark() {
            return isBehind() ? "@" + word + "-host@" : "@address@";
        }

        String portMark() {
            return isBehind() ? "@" + word + "-port@" : isPlace() ? "@" + word + "@" : mark();
        }
    }

    Kind kind() {
        String word = key.replaceFirst("-(?:host|port)$", "");
        for (Kind kind : Kind.values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalStateException("fronts.yaml takes something for '" + key + "', which is nothing");
    }

    /** Of all places with the same one, one is meant. */
    String subject() {
        return kind().isBehind() ? key : kind().word;
    }

    private List<Integer> groups() {
        return IntStream.rangeClosed(1, match.groupCount())
                .filter(group -> match.group(group) != null)
                .boxed()
                .toList();
    }

    String value() {
        return groups().stream().map(match::group).collect(Collectors.joining(":"));
    }

    String port() {
        Matcher port = PORT.matcher(value());
        return port.matches() ? port.group(1) : Kind.WS.documentedPort;
    }

    boolean isSixth() {
        return value().startsWith("[") || value().startsWith("::");
    }

    /** What two places have in common that mean the same: ports to listen on are the same at every address. */
    String meaning() {
        return kind() == Kind.WS || kind() == Kind.WSS ? port() : value().replace("localhost", "127.0.0.1");
    }

    int start() {
        return match.start();
    }

    int end() {
        return match.end();
    }

    /** Puts a mark in its place, or two where host and port stand apart. */
    void put(StringBuilder text, String whole, String host, String port) {
        List<Integer> groups = groups();
        if (groups.size() == 2) {
            text.replace(match.start(groups.get(1)), match.end(groups.get(1)), port);
            text.replace(match.start(groups.get(0)), match.end(groups.get(0)), host);
        } else {
            String mark = key.endsWith("-port") ? port : key.endsWith("-host") ? host : whole;
            text.replace(match.start(groups.get(0)), match.end(groups.get(0)), mark);
        }
    }

    @Override
    public String toString() {
        return value() + " (" + line + ")";
    }
}
