package io.fieldloop.server.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.internal.tcnative.SSLContext;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Asks BoringSSL for the secrets of its sessions.
 *
 * <p>Netty offers no method for it. The native call needs tcnative's own context pointer, which is the protected field {@code ctx};
 * the pointers that Netty's public methods return are OpenSSL's, and passing one of those to this call kills the process.
 */
final class BoringSslKeyLog {
    private static final @Nullable Field CONTEXT_POINTER = contextPointer();

    private BoringSslKeyLog() {}

    /** False with a Netty whose inside looks different. */
    static boolean available() {
        return CONTEXT_POINTER != null;
    }

    static void attach(SslContext context, KeyLog keyLog) {
        Field field = CONTEXT_POINTER;
        if (field == null || !(context instanceof ReferenceCountedOpenSslContext)) {
            throw new IllegalArgumentException(
                    "This version of Netty does not let BoringSSL log keys; ask for engine AUTO.");
        }
        try {
            SSLContext.setKeyLogCallback(
                    field.getLong(context), (ssl, line) -> keyLog.line(new String(line, StandardCharsets.US_ASCII)));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a field that was opened is closed", e);
        }
    }

    private static @Nullable Field contextPointer() {
        try {
            Field field = ReferenceCountedOpenSslContext.class.getDeclaredField("ctx");
            field.setAccessible(true);
            return field.getType() == long.class ? field : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
