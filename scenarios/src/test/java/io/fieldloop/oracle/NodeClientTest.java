package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.fault.SessionFault;
import io.fieldloop.server.fault.UpgradeFault;
import org.junit.jupiter.api.Test;

/** Node's ws as a client of the gateway; it can also misbehave in ways Python's library does not let one. */
class NodeClientTest extends OutsideClientContract {
    @Override
    WebSocketLibrary library() {
        return new NodeWs();
    }

    @Test
    void isRefusedWith426WhenItSpeaksAnOldVersion() {
        LibraryClient client = connect(new UpgradeFault.OmitAccept(), "version", 8);

        assertThat(client.awaitEvent("refused").path("status").asInt()).isEqualTo(426);
    }

    @Test
    void seesTheRedirectItDoesNotFollow() {
        LibraryClient client = connect(new UpgradeFault.Redirect("wss://gateway.test/", 301), "follow", false);

        assertThat(client.awaitEvent("refused"))
                .hasToString("{\"event\":\"refused\",\"status\":301,\"location\":\"wss://gateway.test/\"}");
    }

    @Test
    void reads1007AfterATextThatIsNoUtf8() {
        LibraryClient client = greeted(connect(new SessionFault.IgnorePings(), "follow", true));
        client.brokenText();

        assertThat(client.awaitEvent("closed").path("code").asInt()).isEqualTo(1007);
    }
}
