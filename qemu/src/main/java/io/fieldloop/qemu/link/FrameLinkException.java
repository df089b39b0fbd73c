package io.fieldloop.qemu.link;

import org.jspecify.annotations.Nullable;

/** The frame link cannot work here; the message is one sentence that says why and what to do. */
public final class FrameLinkException extends RuntimeException {
    FrameLinkException(String message) {
        super(message);
    }

    FrameLinkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
