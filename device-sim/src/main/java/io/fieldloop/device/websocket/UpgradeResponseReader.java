package io.fieldloop.device.websocket;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.profile.ResponseRules;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the answer to an upgrade request out of the byte stream and judges it by a profile's rules. */
final class UpgradeResponseReader {

    private static final String END_OF_HEADERS = "\r\n\r\n";
    private static final String ACCEPT = "Sec-WebSocket-Accept:";

    private static final String LOCATION = "Location:";

    /** What {@code atoi} makes of the three characters after the version and its blank, as transport_ws takes them: of {@code "HTTP/1.1  101"} a 10. */
    private static final Pattern LOOSE_STATUS =
            Pattern.compile("HTTP/[^ ]* (\\d{1,3}|\\s\\d{1,2}|\\s\\s\\d)", Pattern.CASE_INSENSITIVE);

    /** Those that transport_ws follows. */
    static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final ResponseRules rules;
    private final String expectedAccept;

    UpgradeResponseReader(ResponseRules rules, String key) {
        this.rules = rules;
        this.expectedAccept = WebSocketKey.acceptOf(key);
    }

    /** The verdict, consuming the answer and nothing after it; or null while the answer is incomplete. */
    @Nullable
    UpgradeVerdict read(ByteBuf stream) {
        int seen = Math.min(stream.readableBytes(), rules.bytesMax());
        String text = stream.toString(stream.readerIndex(), seen, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEADERS);
        if (end < 0 && seen < rules.bytesMax()) {
            return null;
        }
        int length = end < 0 ? seen : end + END_OF_HEADERS.length();
        stream.skipBytes(length);
        String block = text.substring(0, length);
        return switch (rules.check()) {
            case STATUS_ONLY -> judgeStatusOnly(block);
            case ACCEPT_IGNORING_CASE -> judgeAccept(block, indexOfIgnoringCase(block, ACCEPT));
            case ACCEPT_MATCHING_CASE -> judgeAccept(block, block.indexOf(ACCEPT));
            case RFC_6455 ->
                end < 0
                        ? UpgradeVerdict.failed(FailureReason.RESPONSE_TOO_LARGE, looseStatus(block))
                        : judgeStrictly(block, stream);
        };
    }

    private @Nullable UpgradeVerdict judgeStrictly(String block, ByteBuf behind) {
        return StrictResponse.isInterim(block) ? read(behind) : StrictResponse.judge(block, expectedAccept);
    }

    private static UpgradeVerdict judgeStatusOnly(String block) {
        return block.contains("HTTP/1.1 101")
                ? UpgradeVerdict.accepted(101)
                : UpgradeVerdict.failed(FailureReason.UPGRADE_REFUSED, looseStatus(block));
    }

    /**
     * transport_ws.c, ws_connect(): a status must exist but may be any, since only the accept header is checked.
     *
     * <p>So a refusal fails for its missing accept header, and so does a redirect before ESP-IDF 5.5.1; from then on its Location is looked up.
     */
    private UpgradeVerdict judgeAccept(String block, int accept) {
        Integer status = looseStatus(block);
        if (status == null || status == 0) {
            return UpgradeVerdict.failed(FailureReason.RESPONSE_MALFORMED, null);
        }
        if (rules.followsRedirects() && REDIRECTS.contains(status)) {
            String location = valueAt(block, indexOfIgnoringCase(block, LOCATION), LOCATION);
            return new UpgradeVerdict(FailureReason.UPGRADE_REFUSED, status, location);
        }
        String value = valueAt(block, accept, ACCEPT);
        if (value == null) {
            return UpgradeVerdict.failed(
                    status == 101 ? FailureReason.ACCEPT_MISSING : FailureReason.UPGRADE_REFUSED, status);
        }
        boolean right = value.equals(expectedAccept);
        return right ? UpgradeVerdict.accepted(status) : UpgradeVerdict.failed(FailureReason.ACCEPT_WRONG, status);
    }

    private static @Nullable String valueAt(String block, int header, String name) {
        int end = header < 0 ? -1 : block.indexOf("\r\n", header);
        return end < 0 ? null : block.substring(header + name.length(), end).strip();
    }

    private static @Nullable Integer looseStatus(String block) {
        Matcher status = LOOSE_STATUS.matcher(block);
        return status.find() ? Integer.valueOf(status.group(1).strip()) : null;
    }

    private static int indexOfIgnoringCase(String text, String part) {
        return text.toLowerCase(Locale.ROOT).indexOf(part.toLowerCase(Locale.ROOT));
    }
}
