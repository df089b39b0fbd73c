package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.fault.SessionFault;
import org.junit.jupiter.api.Test;

/** Python's websockets as a client of the gateway. */
class PythonClientTest extends OutsideClientContract {
    @Override
    WebSocketLibrary library() {
        return new PythonWebsockets();
    }

    /** What its users see as "keepalive ping timeout": 1011, by the client's own doing. */
    @Test
    void givesUpWhenItsPingsAreIgnored() {
        LibraryClient client = connect(new SessionFault.IgnorePings(), "pingSeconds", 1);

        assertThat(client.awaitEvent("closed").path("code").asInt()).isIn(1006, 1011);
    }
}
