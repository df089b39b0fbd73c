package io.fieldloop.scenario.diagnose.server;

import java.util.List;
import java.util.regex.Pattern;

/** Tells a server's log from a device's console by its first lines. */
final class ServerFormat {
    private static final int LINES_LOOKED_AT = 400;

    private static final List<Pattern> SERVERS = List.of(
            Pattern.compile("^\\S+ \\S+ \\S+ \\[\\d\\d/\\w{3}/\\d{4}:"),
            Pattern.compile("^\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[\\w+\\] \\d+#"),
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

    private static final Pattern CONSOLE = Pattern.compile(
            "[EWIDV] \\([\\d:.]{1,15}\\) [^:]{1,64}:|\\[ *\\d+\\]\\[[EWIDV]\\]\\[|\\[[EWIDVC]\\]\\[[\\w.]+:\\d+\\]|Guru Meditation|rst:0x|OSError: |umqtt[./]|MicroPython|File \"(?:main|boot)\\.py\"|ValueError: The certificate ");

    private ServerFormat() {}

    static boolean isOne(String beginning) {
        int servers = 0;
        int consoles = 0;
        for (String line : (Iterable<String>) beginning.lines().limit(LINES_LOOKED_AT)::iterator) {
            consoles += CONSOLE.matcher(line).find() ? 1 : 0;
            servers += SERVERS.stream().anyMatch(one -> one.matcher(line).find()) ? 1 : 0;
        }
        return servers > consoles;
    }
}
