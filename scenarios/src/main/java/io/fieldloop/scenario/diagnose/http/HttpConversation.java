package io.fieldloop.scenario.diagnose.http;

import io.fieldloop.device.profile.Dialect;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tcp.StreamReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the requests and answers of a connection; after an answer 101 the rest is the WebSocket's. */
public final class HttpConversation implements StreamReader {
    private static final int EXCHANGES_MAX = 32;
    private static final int SWITCHED = 101;

    /** Of nginx (and this gateway), Apache, and Go with Caddy. */
    private static final List<String> SPEAKS_TLS = List.of(
            "plain HTTP request was sent to HTTPS port",
            "speaking plain HTTP to an SSL-enabled server port",
            "sent an HTTP request to an HTTPS server");

    private final StreamReader webSocket;
    private final Body requestBody = new Body();
    private final Body answerBody = new Body();
    private final List<Head> requests = new ArrayList<>();
    private final List<Head> answers = new ArrayList<>();
    private HeadReader request = new HeadReader();
    private HeadReader answer = new HeadReader();
    private boolean switched;
    private boolean lost;
    private int headBytes;

    /** @param webSocket reads what follows an upgrade */
    public HttpConversation(StreamReader webSocket) {
        this.webSocket = webSocket;
    }

    @Override
    public void bytes(boolean fromClient, byte[] bytes, int offset, int length, long packet, long nanos) {
        Moment at = new Moment(packet, nanos);
        int from = offset;
        int end = offset + length;
        while (from < end && !lost) {
            if (switched && (!fromClient || !request.isBegun())) {
                webSocket.bytes(fromClient, bytes, from, end - from, packet, nanos);
                return;
            }
            Body body = fromClient ? requestBody : answerBody;
            from += body.isOpen() ? body.skip(bytes, from, end - from) : head(fromClient, bytes, from, end - from, at);
        }
    }

    private int head(boolean fromClient, byte[] bytes, int offset, int length, Moment at) {
        HeadReader reader = fromClient ? request : answer;
        int taken = reader.accept(bytes, offset, length, at);
        if (reader.isWhole()) {
            headBytes += reader.footprint();
            Head head = reader.head();
            if (fromClient) {
                request = new HeadReader();
                keep(requests, head);
                requestBody.begin(head, false);
            } else {
                answer = new HeadReader();
                keep(answers, head);
                switched = head.status() == SWITCHED;
                if (!switched) {
                    answerBody.begin(head, true);
                }
            }
        } else if (reader.isTooLarge()) {
            lost = true;
        }
        return taken;
    }

    private static void keep(List<Head> heads, Head head) {
        // The last ones tell how it ended.
        if (heads.size() == EXCHANGES_MAX) {
            heads.remove(EXCHANGES_MAX - 1);
        }
        heads.add(head);
    }

    @Override
    public void gap(boolean fromClient) {
        if (switched) {
            webSocket.gap(fromClient);
        } else if (!(fromClient ? requestBody : answerBody).isOpen()) {
            lost = true;
        }
    }

    @Override
    public int footprint() {
        return headBytes
                + answerBody.beginning().length()
                + request.footprint()
                + answer.footprint()
                + webSocket.footprint();
    }

    /** In the order of the requests; those of a client that sent half a request are not among them. */
    public List<Exchange> exchanges() {
        List<Exchange> exchanges = new ArrayList<>();
        int next = 0;
        String begun = answer.text();
        for (Head asked : requests) {
            while (next < answers.size() && isPassedOver(answers.get(next), asked)) {
                next++;
            }
            if (next < answers.size()) {
                exchanges.add(new Exchange(asked, answers.get(next++), ""));
            } else {
                exchanges.add(new Exchange(asked, null, begun));
                begun = "";
            }
        }
        return exchanges;
    }

    /** Firmware takes an interim answer for the answer; other clients read on (RFC 9110 section 15.2). */
    private static boolean isPassedOver(Head answer, Head asked) {
        return answer.isInterim() && ClientLibrary.of(asked) == Dialect.RFC_6455;
    }

    /** The exchange that is about a WebSocket, or else the last one. */
    public @Nullable Exchange decisive() {
        List<Exchange> all = exchanges();
        return all.stream()
                .filter(one -> one.request().asksForWebSocket())
                .findFirst()
                .orElse(all.isEmpty() ? null : all.get(all.size() - 1));
    }

    /** Whether the server answered that its port is for TLS. */
    public boolean isForTls() {
        return SPEAKS_TLS.stream().anyMatch(answerBody.beginning()::contains);
    }

    public boolean isSwitched() {
        return switched;
    }
}
