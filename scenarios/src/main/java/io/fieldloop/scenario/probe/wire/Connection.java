package io.fieldloop.scenario.probe.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One connection to the server, in the clear or inside TLS; its socket is closed when its limit is over. */
public final class Connection implements Closeable {
    /** How the fate begins of whoever was waited for in vain. */
    static final String SILENCE = "no answer within ";

    private static final int PIECE_BYTES_MAX = 64 * 1024;

    private final Socket socket;
    private final Limit limit;
    private final InputStream in;
    private final OutputStream out;
    private final @Nullable TlsSeen tls;

    Connection(Socket socket, Limit limit, InputStream in, OutputStream out, @Nullable TlsSeen tls) {
        this.socket = socket;
        this.limit = limit;
        this.in = in;
        this.out = out;
        this.tls = tls;
    }

    /** What was seen of the TLS handshake; null in the clear. */
    @Nullable
    TlsSeen tls() {
        return tls;
    }

    public Limit limit() {
        return limit;
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a frame, and releases it. */
    public void send(ByteBuf frame) throws IOException {
        byte[] bytes = ByteBufUtil.getBytes(frame);
        frame.release();
        send(bytes);
    }

    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** What arrives next, in one piece where the network left it so; empty at the end. */
    public byte[] receive() throws IOException {
        byte[] piece = new byte[PIECE_BYTES_MAX];
        try {
            int length = in.read(piece);
            return length <= 0 ? new byte[0] : Arrays.copyOf(piece, length);
        } catch (EOFException end) {
            return new byte[0];
        }
    }

    /** All that arrives until {@code end} was in it, the server closes, or so many bytes are there. */
    public String receiveUntil(String end, int bytesMax) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] next = receive(); next.length > 0; next = receive()) {
            all.write(next);
            if (all.size() >= bytesMax
                    || all.toString(StandardCharsets.ISO_8859_1).contains(end)) {
                break;
            }
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** What ended the connection, in half a sentence about the server. */
    public String fate(IOException failure) {
        return fate(failure, limit);
    }

    public static String fate(IOException failure, Limit limit) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof ProtocolException) {
            return "it sent " + message + ", for which no device has room";
        }
        if (limit.isOver()) {
            return SILENCE + limit.seconds() + " s";
        }
        boolean reset = message.contains("reset") || message.contains("Broken pipe");
        return reset ? "it reset the connection" : "it closed the connection";
    }

    /** Drops the socket without a word, as devices do. */
    @Override
    public void close() {
        limit.lift();
        Limit.close(socket);
    }
}
