package io.fieldloop.scenario.diagnose.tls;

import io.fieldloop.device.tls.CipherSuiteNames;
import org.jspecify.annotations.Nullable;

/** How a cipher suite protects records, read off its IANA name. */
record SuiteShape(Kind kind, int keyBytes, int macBytes, String hash) {
    enum Kind {
        GCM(4, 16),
        CCM(4, 16),
        CCM_8(4, 8),
        CHACHA20(12, 16),
        CBC(0, 0);

        private final int ivBytes;
        private final int tagBytes;

        Kind(int ivBytes, int tagBytes) {
            this.ivBytes = ivBytes;
            this.tagBytes = tagBytes;
        }

        /** Bytes of the nonce that come from the keys of TLS 1.2. */
        int ivBytes() {
            return ivBytes;
        }

        int tagBytes() {
            return tagBytes;
        }
    }

    /** Null for a suite that is not decrypted. */
    static @Nullable SuiteShape of(int suite) {
        String name = CipherSuiteNames.of(suite);
        Kind kind = kind(name);
        if (kind == null) {
            return null;
        }
        int keyBytes = name.contains("_256_") || kind == Kind.CHACHA20 ? 32 : 16;
        String hash = name.endsWith("SHA384") ? "SHA384" : "SHA256";
        int macBytes = kind != Kind.CBC ? 0 : name.endsWith("SHA384") ? 48 : name.endsWith("SHA256") ? 32 : 20;
        return new SuiteShape(kind, keyBytes, macBytes, hash);
    }

    private static @Nullable Kind kind(String name) {
        if (name.contains("CHACHA20_POLY1305")) {
            return Kind.CHACHA20;
        } else if (!name.contains("_AES_")) {
            return null;
        } else if (name.contains("_GCM_")) {
            return Kind.GCM;
        } else if (name.contains("_CCM")) {
            return name.contains("_CCM_8") ? Kind.CCM_8 : Kind.CCM;
        }
        return name.contains("_CBC_") ? Kind.CBC : null;
    }
}
