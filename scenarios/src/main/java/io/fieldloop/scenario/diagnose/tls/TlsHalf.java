package io.fieldloop.scenario.diagnose.tls;

import io.fieldloop.scenario.diagnose.capture.Octets;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One direction of a TLS connection. */
public final class TlsHalf implements RecordStream.Records {
    private static final int MESSAGE_HEADER_BYTES = 4;
    private static final int MESSAGE_BYTES_MAX = 256 * 1024;
    // An alert and its type, with the tag of every suite of TLS 1.3.
    private static final int ALERT_BYTES_TLS13 = 2 + 1 + 16;

    private final boolean client;
    private final TlsConversation whole;
    private final RecordStream stream = new RecordStream(this);
    private byte[] handshake = {};
    private int handshakeBytes;
    private @Nullable RecordCipher cipher;
    private boolean cipherChanged;
    private boolean finished;
    private boolean closedBook;
    private @Nullable Moment fragmented;
    private @Nullable Moment notTls;
    private byte[] insteadOfTls = {};
    private @Nullable Moment firstProtected;
    private long protectedRecords;
    private int largestRecord;
    private int largestProtected;
    private int shortestHandshake = Integer.MAX_VALUE;

    TlsHalf(boolean client, TlsConversation whole) {
        this.client = client;
        this.whole = whole;
    }

    RecordStream stream() {
        return stream;
    }

    @Override
    public boolean begins(int type, int length) {
        largestRecord = Math.max(largestRecord, length);
        boolean secret = isSecret(type);
        if (secret) {
            protectedRecords++;
            largestProtected = Math.max(largestProtected, length);
        }
        // What cannot be opened need not be put together, but when it ended says when it was sent.
        return !secret || cipher != null || type != TlsConversation.APPLICATION_DATA || protectedRecords <= 8;
    }

    private boolean isSecret(int type) {
        return type == TlsConversation.APPLICATION_DATA
                || (cipherChanged && !whole.isTls13() && type != TlsConversation.CHANGE_CIPHER_SPEC);
    }

    @Override
    public void record(int type, int version, byte[] body, int length, long packet, long nanos) {
        Moment at = new Moment(packet, nanos);
        if (!isSecret(type)) {
            plain(type, body, length, at);
            return;
        }
        firstProtected = firstProtected == null ? at : firstProtected;
        if (cipher == null) {
            unreadable(type, length, at);
            return;
        }
        try {
            byte[] opened = cipher.open(type, version, body, length);
            if (whole.isTls13()) {
                int end = opened.length;
                while (end > 0 && opened[end - 1] == 0) {
                    end--;
                }
                if (end > 0) {
                    plain(opened[end - 1], opened, end - 1, at);
                }
            } else {
                plain(type, opened, opened.length, at);
            }
        } catch (GeneralSecurityException doesNotOpen) {
            cipher = null;
            closedBook = true;
            unreadable(type, length, at);
        }
    }

    /** What an encrypted record shows from outside: its type in TLS 1.2, its length in TLS 1.3. */
    private void unreadable(int type, int length, Moment at) {
        closedBook = true;
        boolean alert = type == TlsConversation.ALERT || (whole.isTls13() && length == ALERT_BYTES_TLS13);
        if (alert) {
            whole.alert(new Alert(client, false, Alert.UNREADABLE_NUMBER, at));
        } else if (whole.isTls13() ? client : type == TlsConversation.HANDSHAKE) {
            finished = true;
        }
    }

    private void plain(int type, byte[] body, int length, Moment at) {
        switch (type) {
            case TlsConversation.CHANGE_CIPHER_SPEC -> {
                cipherChanged = true;
                whole.cipherChanged(client);
            }
            case TlsConversation.ALERT -> {
                if (length >= 2) {
                    whole.alert(new Alert(client, body[0] == 2, Octets.u8(body, 1), at));
                }
            }
            case TlsConversation.HANDSHAKE -> handshake(body, length, at);
            case TlsConversation.APPLICATION_DATA -> whole.inside(client, body, length, at);
            default -> {}
        }
    }

    private void handshake(byte[] body, int length, Moment at) {
        shortestHandshake = Math.min(shortestHandshake, length);
        if (handshakeBytes + length > MESSAGE_BYTES_MAX) {
            handshakeBytes = 0;
            return;
        }
        if (handshake.length < handshakeBytes + length) {
            handshake = Arrays.copyOf(handshake, Math.max(2 * handshake.length, handshakeBytes + length));
        }
        System.arraycopy(body, 0, handshake, handshakeBytes, length);
        handshakeBytes += length;
        int from = 0;
        while (handshakeBytes - from >= MESSAGE_HEADER_BYTES) {
            int end = from + MESSAGE_HEADER_BYTES + Octets.u24(handshake, from + 1);
            if (end > handshakeBytes) {
                break;
            }
            finished |= handshake[from] == TlsConversation.FINISHED;
            whole.message(client, handshake[from], handshake, from, end, at);
            from = end;
        }
        System.arraycopy(handshake, from, handshake, 0, handshakeBytes - from);
        handshakeBytes -= from;
        if (handshakeBytes > 0 && fragmented == null) {
            fragmented = at;
        }
    }

    @Override
    public void notTls(byte[] header, long packet, long nanos) {
        if (notTls == null) {
            notTls = new Moment(packet, nanos);
            insteadOfTls = header;
        }
    }

    int footprint() {
        return handshake.length + stream.footprint();
    }

    void use(@Nullable RecordCipher next) {
        cipher = next;
        closedBook |= next == null;
    }

    void lose() {
        stream.stop();
    }

    /** Whether its Finished was sent: read, or told from outside. */
    public boolean isFinished() {
        return finished;
    }

    /** Whether it sent anything that was encrypted. */
    public boolean isProtected() {
        return firstProtected != null;
    }

    /** Whether something was encrypted that could not be opened. */
    public boolean isClosedBook() {
        return closedBook;
    }

    /** The record in which a handshake message did not end, or null. */
    public @Nullable Moment fragmented() {
        return fragmented;
    }

    /** The first record that is none, or null. */
    public @Nullable Moment notTls() {
        return notTls;
    }

    /** How what is no TLS begins. */
    public byte[] insteadOfTls() {
        return insteadOfTls;
    }

    public long protectedRecords() {
        return protectedRecords;
    }

    /** The longest record, without its header. */
    public int largestRecord() {
        return largestRecord;
    }

    /** The shortest of those that held handshake messages, or parts of them. */
    public int shortestHandshake() {
        return shortestHandshake;
    }

    /** The longest of those that were encrypted. */
    public int largestProtected() {
        return largestProtected;
    }
}
