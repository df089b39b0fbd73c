package io.fieldloop.device.ota;

import io.fieldloop.device.event.FailureReason;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One request of the firmware's network library and its answer, in the library's own steps: open, status, body.
 *
 * <p>Status and body are each waited for 30 s.
 */
public interface HttpExchange {
    int OPENED = -1000;

    /** {@code result} is given {@link #OPENED} or the library's last error, which is 0 for what it has no number for. */
    void open(OtaRequest request, IntConsumer result);

    /** Why it could not be opened; null where it could, or was not tried. */
    @Nullable
    FailureReason failure();

    /** What the library prints of the last error from version 3.7 on. */
    String namedError();

    /** The status, or -1 when none came, or something that is none. */
    void status(IntConsumer status);

    /** 0 where the body has no length the library knows. */
    long bodyLength();

    /** The whole body as text. */
    void readAll(Consumer<String> body);

    /**
     * The next part of the body, empty at its end; null where there is an error or 30 s pass.
     *
     * <p>Whoever is called takes all of it before it returns.
     */
    void read(Consumer<@Nullable ByteBuf> part);

    /** Ends the exchange wherever it is; nothing is heard of it any more. */
    void close();
}
