package io.fieldloop.scenario.probe;

import io.fieldloop.scenario.probe.finding.UpgradeFinding;
import io.fieldloop.scenario.probe.wire.AnswerHead;
import io.fieldloop.scenario.probe.wire.Connection;
import io.fieldloop.scenario.probe.wire.Connector;
import io.fieldloop.scenario.probe.wire.FrameStream;
import io.fieldloop.scenario.probe.wire.UpgradeAsk;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One upgrade request, and the answer piece by piece as it came. */
final class UpgradeExchange implements Closeable {
    private static final int HEAD_BYTES_MAX = 64 * 1024;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final Connection connection;
    private final List<UpgradeFinding.Piece> pieces = new ArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private UpgradeExchange(Connection connection) {
        this.connection = connection;
    }

    /** Sends the request on a connection of its own and reads until the head of an answer is there, or nothing more comes. */
    static UpgradeExchange of(Connector connector, UpgradeAsk ask, Duration lasting) throws IOException {
        UpgradeExchange exchange = new UpgradeExchange(connector.open(lasting));
        try {
            long began = connector.nanos();
            exchange.connection.send(ask.text());
            while (exchange.headEnd() < 0 && exchange.received.size() < HEAD_BYTES_MAX) {
                byte[] piece = exchange.connection.receive();
                if (piece.length == 0) {
                    break;
                }
                exchange.pieces.add(new UpgradeFinding.Piece(connector.since(began), piece.length));
                exchange.received.write(piece);
            }
            return exchange;
        } catch (IOException e) {
            exchange.close();
            if (exchange.received.size() > 0) {
                return exchange;
            }
            throw new IOException(exchange.connection.fate(e), e);
        }
    }

    private int headEnd() {
        return received.toString(StandardCharsets.ISO_8859_1).indexOf(END_OF_HEAD);
    }

    /** What came before the empty line, and that line; all that came where there is none. */
    AnswerHead head() {
        String all = received.toString(StandardCharsets.ISO_8859_1);
        int end = headEnd();
        return new AnswerHead(end < 0 ? all : all.substring(0, end + END_OF_HEAD.length()));
    }

    boolean isAnswered() {
        return headEnd() >= 0;
    }

    boolean isSwitched() {
        Integer status = head().status();
        return isAnswered() && status != null && status == 101;
    }

    /** Bytes that came in one piece with the end of the head. */
    int bytesBehindHead() {
        return received.size() - head().text().length();
    }

    List<UpgradeFinding.Piece> pieces() {
        return List.copyOf(pieces);
    }

    Connection connection() {
        return connection;
    }

    FrameStream frames() {
        byte[] all = received.toByteArray();
        int head = head().text().length();
        return new FrameStream(connection, Arrays.copyOfRange(all, head, all.length));
    }

    @Override
    public void close() {
        connection.close();
    }
}
