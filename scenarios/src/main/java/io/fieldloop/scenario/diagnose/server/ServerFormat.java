package io.fieldloop.scenario.diagnose.server;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells a server's log from a device's console by its first lines. */
final class ServerFormat {
    private static final int LINES_LOOKED_AT = 400;

    /** What docker compose, pm2, kubectl, a container runtime and syslog put in front of each line. */
    private static final Pattern PREFIX = Pattern.compile(
            "^(?:(?:\\d+\\|)?[\\w@.-]+ +\\| +|\\[[\\w.-]+\\] |\\d{4}-\\d\\d-\\d\\dT\\S+ (?:stdout|stderr) [FP] "
                    + "|(?:\\w{3} +\\d{1,2} [\\d:]{8}|\\d{4}-\\d\\d-\\d\\dT\\S+) \\S+ [\\w./-]+(?:\\[\\d+\\])?: )++");

    private static final List<Pattern> SERVERS = List.of(
            Pattern.compile("^\\S+ \\S+ \\S+ \\[\\d\\d/\\w{3}/\\d{4}:"),
            Pattern.compile(
                    "^\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d (?:\\w+\\.go:\\d|\\[\\w+\\] (?:\\d+#|\\[\\w+\\.go:))"),
            // EMQX, in text and in JSON
            Pattern.compile(
                    "\\[(?:MQTT|Protocol)\\] |mfa: |errorContext: |, msg: \\w+, |\"mfa\":\"emqx_|\"peername\":\""),
            // Go: its server, gorilla/websocket, Traefik, cloudflared
            Pattern.compile(
                    "http: TLS handshake error from |websocket: (?:close 1\\d{3}|bad handshake|the client is not)"
                            + "|(?:read|write) tcp \\S+->\\S+: |dial tcp |\"(?:ClientHost|RequestPath)\":"),
            // Spring Boot
            Pattern.compile("^\\d{4}-\\d\\d-\\d\\d[ T]\\S+ +(?:INFO|WARN|ERROR|DEBUG) \\d+ --- \\["),
            Pattern.compile("^\\{.*\"(?:remote_addr|request_uri|upstream_addr)\":"),
            Pattern.compile("^\\[\\w{3} \\w{3} \\d\\d [\\d:.]+ \\d{4}\\]"),
            Pattern.compile("haproxy\\[\\d+\\]: |:\\d+ \\[\\d\\d/\\w{3}/\\d{4}:[\\d:.]+\\] \\S+ \\S+/\\S+ "),
            Pattern.compile("\"logger\":\"(?:http|tls)|\"remote_ip\":"),
            Pattern.compile("^Traceback \\(most recent call last\\)|websockets\\.|aiohttp|opening handshake failed"),
            Pattern.compile(
                    "^\\d{10}: |mosquitto\\[\\d+\\]: |^\\d{4}-?\\d\\d-?\\d\\dT[\\d:]+: (?:New|Client|Socket|OpenSSL)"),
            Pattern.compile("^\\d{6} \\d\\d:\\d\\d:\\d\\d\\["),
            Pattern.compile("^\\s+at (?:\\w|new |async )|node_modules|ECONNREFUSED|ENOTFOUND|WebSocketServer"),
            Pattern.compile("mqtt-server |通话(?:开始|结束): |(?:MQTT|UDP) 服务器|收到UDP音频|密码签名验证失败"),
            Pattern.compile(
                    "^Fieldloop gateway, |\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  (?:c\\d+ )?\\w|^\\{\"at\":\"[^\"]+\",\"class\":\""),
            Pattern.compile("^\\{\"seq\":\\d+,\"t\":"));

    /** Lines of which only a device has any. */
    private static final Pattern DEVICE = Pattern.compile(
            "[EWIDV] \\([\\d:.]{1,15}\\) [^:]{1,64}:|\\[ *\\d+\\]\\[[EWIDV]\\]\\[|\\[[EWIDVC]\\]\\[[\\w.]+:\\d+\\]");

    private static final Pattern CONSOLE = Pattern.compile(
            DEVICE.pattern()
                    + "|Guru Meditation|rst:0x|OSError: |umqtt[./]|MicroPython|File \"(?:main|boot)\\.py\"|ValueError: The certificate ");

    private ServerFormat() {}

    static boolean isOne(String beginning) {
        int servers = 0;
        int consoles = 0;
        for (String line : (Iterable<String>) beginning.lines().limit(LINES_LOOKED_AT)::iterator) {
            consoles += CONSOLE.matcher(line).find() ? 1 : 0;
            servers += isServers(line) ? 1 : 0;
        }
        return servers > consoles;
    }

    /** Whether lines of a device and of a server stand in one text, as somebody pasted them. */
    static boolean isMixed(String text) {
        return text.lines().anyMatch(line -> DEVICE.matcher(line).find())
                && text.lines()
                        .filter(line -> !DEVICE.matcher(line).find())
                        .limit(LINES_LOOKED_AT)
                        .anyMatch(ServerFormat::isServers);
    }

    /** The lines that a device printed, or the other ones; in place of the rest stand empty lines, so that each keeps its number. */
    static String only(boolean ofDevice, String text) {
        return text.lines()
                .map(line -> DEVICE.matcher(line).find() == ofDevice ? line : "")
                .collect(Collectors.joining("\n"));
    }

    private static boolean isServers(String line) {
        String bare = PREFIX.matcher(line).replaceFirst("");
        return SERVERS.stream()
                .anyMatch(one -> one.matcher(line).find() || one.matcher(bare).find());
    }
}
