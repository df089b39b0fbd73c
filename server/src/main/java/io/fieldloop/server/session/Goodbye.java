package io.fieldloop.server.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.event.GatewayEvent;
import org.jspecify.annotations.Nullable;

/** The message that ends a talk and keeps the connection, where that stands. */
final class Goodbye {
    private Goodbye() {}

    /** Says it and closes the audio; {@code named} is the session id it gives, null for none. */
    static void say(Session session, @Nullable String named) {
        ObjectNode goodbye = Json.message("goodbye");
        if (named != null) {
            goodbye.put("session_id", named);
        }
        session.sendText(goodbye.toString());
        session.connection()
                .emit(new GatewayEvent.MessageSent(session.connection().id(), "goodbye", null));
        session.link().closeAudio();
    }
}
