package io.fieldloop.qemu.console;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be read off a line: a named group of its pattern, or a key beside the pattern. */
enum Value {
    /** A reason's wire name, or its explanation. */
    REASON("reason", "reason"),
    PHASE("phase", "phase"),
    /** A code as printed: {@code -0x2700}, {@code 0x8006}, {@code -29312}. */
    CODE("code", "code"),
    /** An error number printed in decimal that the vocabulary writes in hex: {@code 32774} is {@code 0x8006}. */
    ERRNO("errno", "code"),
    /** The magnitude of an mbedTLS code printed in decimal: {@code 29312} is {@code -0x7280}. */
    MBEDTLS("mbedtls", "code"),
    /** Result of the certificate verification, decimal or hex; 0 says nothing. */
    FLAGS("flags", null),
    ALERT_SENT("alertSent", "alert-sent"),
    ALERT_RECEIVED("alertReceived", "alert-received"),
    STATUS("status", "status"),
    URL("url", "url"),
    SESSION("session", "session-id"),
    VERSION("version", "version"),
    SUITE("suite", "suite"),
    FROM("from", "from"),
    TO("to", "to"),
    TYPE("type", "type"),
    STATE("state", "state"),
    FRAMES("frames", "frames"),
    BYTES("bytes", "bytes"),
    DROPPED("dropped", "dropped"),
    SESSION_PRESENT("sessionPresent", "session-present"),
    SERVER("server", "server"),
    PORT("port", "port"),
    WHY("why", "why"),
    SEQUENCE("sequence", "sequence"),
    PACKETS("packets", "packets"),
    SENT("sent", "sent"),
    RECEIVED("received", "received"),
    DUPLICATES("duplicates", "duplicates"),
    LOST_MS("lostMs", "lost"),
    LATE_MS("lateMs", "late"),
    LONGEST_GAP_MS("longestGapMs", "longest-gap"),
    JITTER_US("jitterUs", "jitter"),
    MOS("mos", "mos"),
    PARTITION("partition", "partition"),
    ATTEMPT("attempt", "attempt"),
    ATTEMPTS("attempts", "attempts"),
    OFFERS("offers", "offers"),
    FIRMWARE("firmware", "firmware"),
    ACTIVATION("activation", "activation"),
    TIME("time", "time"),
    PROTOCOL("protocol", "protocol"),
    TOLD("told", "told"),
    OUTCOME("outcome", "outcome"),
    ELAPSED_MS("elapsedMs", "elapsed"),
    CONNECT_MS("connectMs", "connect"),
    HANDSHAKE_MS("handshakeMs", "handshake"),
    HELLO_MS("helloMs", "hello"),
    FIRST_AUDIO_MS("firstAudioMs", "first-audio"),
    SPEECH_CUT_MS("speechCutMs", "speech-cut"),
    IN_MS("inMs", "in"),
    IN_SECONDS("inSeconds", "in");

    private final String word;
    private final @Nullable String attribute;

    Value(String word, @Nullable String attribute) {
        this.word = word;
        this.attribute = attribute;
    }

    /** The name in a dictionary file. */
    String word() {
        return word;
    }

    /** The attribute of a device event it becomes, if it becomes one. */
    @Nullable
    String attribute() {
        return attribute;
    }

    static Optional<Value> named(String word) {
        return Arrays.stream(values()).filter(value -> value.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Value::word).toList();
    }
}
