package io.fieldloop.server.http;

import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.event.GatewayEvent.ForwardedSourceIgnored.Because;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes the real source out of X-Forwarded-For, or where there is none out of Forwarded (RFC 7239), if a trusted front sent it.
 *
 * <p>Each front appends whom it got the request from, so the list is read from its end, through fronts that are trusted, to the first
 * address that is not: what stands before that the client may have written itself. From anybody else the header is ignored and
 * reported.
 */
public final class ForwardedSource {
    private static final String X_FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED = "Forwarded";
    /** Fronts that do not set it pass on a device's own. */
    private static final String X_REAL_IP = "x-real-ip";

    private static final String FOR = "for=";

    private ForwardedSource() {}

    /** Settles whose request this is, before anything is held against or in favour of its source. */
    public static void settle(HandshakeGuard handshake, HttpHeaders headers) {
        String name =
                headers.contains(X_FORWARDED_FOR) ? X_FORWARDED_FOR : headers.contains(FORWARDED) ? FORWARDED : null;
        Connection connection = handshake.connection();
        if (name == null) {
            String real = connection.isFromFront() ? headers.get(X_REAL_IP) : null;
            if (real != null) {
                connection.ignoredForwarded(X_REAL_IP, real, Because.NOT_READ);
            }
            return;
        }
        String value = String.join(", ", headers.getAll(name));
        Because because = connection.isFromFront() ? Because.NO_ADDRESS : Because.NOT_TRUSTED;
        boolean settled = false;
        for (String hop : fromTheEnd(name, value)) {
            InetAddress address = address(hop);
            if (address == null || !connection.isFromFront()) {
                break;
            }
            handshake.passedOn(address, name.toLowerCase(Locale.ROOT));
            settled = true;
        }
        if (!settled) {
            connection.ignoredForwarded(name.toLowerCase(Locale.ROOT), value, because);
        }
    }

    private static List<String> fromTheEnd(String name, String value) {
        List<String> hops = new ArrayList<>(Arrays.asList(value.split(",")));
        Collections.reverse(hops);
        return name.equals(FORWARDED) ? hops.stream().map(ForwardedSource::node).toList() : hops;
    }

    /** The node of one element such as {@code for="[2001:db8::1]:4711";proto=https}. */
    private static String node(String element) {
        return Arrays.stream(element.split(";"))
                .map(String::strip)
                .filter(pair -> pair.regionMatches(true, 0, FOR, 0, FOR.length()))
                .map(pair -> pair.substring(FOR.length()).replace("\"", ""))
                .findFirst()
                .orElse("");
    }

    /** Null for a name, {@code unknown} and what else is no address. */
    private static @Nullable InetAddress address(String hop) {
        String text = hop.strip();
        if (text.startsWith("[") && text.indexOf(']') > 0) {
            text = text.substring(1, text.indexOf(']'));
        } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
            text = text.substring(0, text.indexOf(':'));
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        return bytes == null ? null : Cidr.address(bytes);
    }
}
