package io.fieldloop.server.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.internal.tcnative.SSLContext;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What BoringSSL does for a context and Netty offers no method for.
 *
 * <p>The native calls need tcnative's own context pointer, which is the protected field {@code ctx}; the pointers that Netty's public
 * methods return are OpenSSL's, and passing one of those to these calls kills the process.
 */
final class BoringSslContext {
    private static final @Nullable Field POINTER = pointer();

    private BoringSslContext() {}

    /** False with a Netty whose inside looks different. */
    static boolean reachable() {
        return POINTER != null;
    }

    /** Asks for the secrets of its sessions. */
    static void logKeys(SslContext context, KeyLog keyLog) {
        SSLContext.setKeyLogCallback(
                pointer(context), (ssl, line) -> keyLog.line(new String(line, StandardCharsets.US_ASCII)));
    }

    /** Shows the credential it has: Netty's callback would ask Java's key manager for a chain in each handshake, among one. */
    static void choosesByItself(SslContext context) {
        SSLContext.setCertificateCallback(pointer(context), null);
    }

    private static long pointer(SslContext context) {
        Field field = POINTER;
        if (field == null || !(context instanceof ReferenceCountedOpenSslContext)) {
            throw new IllegalArgumentException("This version of Netty shows nothing of its contexts.");
        }
        try {
            return field.getLong(context);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a field that was opened is closed", e);
        }
    }

    private static @Nullable Field pointer() {
        try {
            Field field = ReferenceCountedOpenSslContext.class.getDeclaredField("ctx");
            field.setAccessible(true);
            return field.getType() == long.class ? field : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
