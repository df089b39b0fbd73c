package io.fieldloop.server.websocket;

import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.http.HttpAnswer;
import io.fieldloop.server.session.DeviceIdentity;
import org.jspecify.annotations.Nullable;

/** What becomes of an upgrade request. */
sealed interface Decision {
    /** Upgrade and converse. */
    record Accept(DeviceIdentity identity, String key) implements Decision {}

    /** Answer, or with a null answer say nothing, and close. */
    record Refuse(
            RefusalReason reason,
            @Nullable String detail,
            @Nullable HttpAnswer answer) implements Decision {}

    /** Upgrade, send one text and close with 1000: how xiaozhi-esp32-server says no. */
    record Dismiss(RefusalReason reason, DeviceIdentity identity, String key, String text) implements Decision {}
}
