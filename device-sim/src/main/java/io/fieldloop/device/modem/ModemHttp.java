package io.fieldloop.device.modem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP client inside a modem: a connection, a request, and its answer as lines.
 *
 * <p>It follows no redirect and keeps no cookie. That a piece of the body is what one segment brought, and that an empty body is told of
 * by an empty piece, is assumed.
 */
final class ModemHttp implements ModemSocket.Owner {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final List<String> METHODS = List.of("", "GET", "POST", "PUT", "DELETE", "HEAD");
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final BiConsumer<String, UnaryOperator<String>> teller;
    private final boolean tls;
    private final String authority;
    private final List<String> headers = new ArrayList<>();
    private final HttpAnswer answer = new HttpAnswer((head, status) -> head(status, head), this::piece);
    private String body = "";
    private String request = "";
    private @Nullable ModemSocket socket;
    private boolean over;

    ModemHttp(String url, BiConsumer<String, UnaryOperator<String>> teller) {
        int scheme = url.indexOf("://");
        this.tls = url.startsWith("https:");
        this.authority = url.substring(scheme < 0 ? 0 : scheme + 3);
        this.teller = teller;
    }

    void header(String line) {
        headers.add(line);
    }

    void content(String bytes) {
        body += bytes;
    }

    void request(ModemNetwork network, int method, String path) {
        StringBuilder text = new StringBuilder(METHODS.get(Math.min(method, METHODS.size() - 1)))
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(authority)
                .append("\r\n");
        headers.forEach(line -> text.append(line).append("\r\n"));
        if (!body.isEmpty()) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        request = text.append("\r\n").append(body).toString();
        int colon = authority.lastIndexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        socket = new ModemSocket(0, "TCP", host, port(colon), tls, this, pipeline -> {}, null);
        socket.open(network);
    }

    private int port(int colon) {
        String digits = colon < 0 ? "" : authority.substring(colon + 1);
        return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : tls ? HTTPS_PORT : HTTP_PORT;
    }

    void close() {
        over = true;
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public void opened(ModemSocket opened, String problem) {
        if (problem.isEmpty()) {
            opened.send(request, () -> {});
        } else {
            fail("http-" + problem);
        }
    }

    @Override
    public void received(ModemSocket from, byte[] bytes) {
        if (!over && !answer.isWhole()) {
            answer.feed(new String(bytes, ISO_8859_1));
            if (answer.isWhole()) {
                from.close();
            }
        }
    }

    @Override
    public void lost(ModemSocket from) {
        if (!over && !answer.endsWithConnection()) {
            fail("http-closed");
        }
    }

    private void fail(String problem) {
        if (!over) {
            over = true;
            teller.accept("http-error", gap -> problem);
        }
    }

    private void head(int status, String head) {
        tell("http-header", status, 0, 0, head);
    }

    /** @param total of the body's bytes, where they are known before */
    private void piece(int total, int sum, String bytes) {
        tell("http-content", 0, total, sum, bytes);
    }

    private void tell(String event, int status, int total, int sum, String bytes) {
        String hex = HEX.formatHex(bytes.getBytes(ISO_8859_1));
        teller.accept(event, gap -> switch (gap) {
            case "status" -> Integer.toString(status);
            case "total" -> Integer.toString(total);
            case "sum" -> Integer.toString(sum);
            case "length" -> Integer.toString(bytes.length());
            default -> hex;
        });
    }
}
