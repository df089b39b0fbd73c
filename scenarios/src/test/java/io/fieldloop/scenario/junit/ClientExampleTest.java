package io.fieldloop.scenario.junit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.server.fault.UpgradeFault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The README's example of a client under test: it is the JDK's here. */
final class ClientExampleTest {
    @StartStop
    final FieldGateway gateway = FieldGateway.ws().bentBy(new UpgradeFault.WrongAccept());

    @StartStop
    final FieldLink link = FieldLink.preset("cat1-typical").to(gateway);

    @Test
    void rejectsAnAcceptThatIsNotItsOwn(FieldRun run) {
        assertThatThrownBy(() -> connect(link.url())).rootCause().hasMessageContaining("Sec-WebSocket-Accept");
        run.await("fault-applied", Map.of("fault", "wrong-accept"), ofSeconds(5));
    }

    private static WebSocket connect(String url) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer any")
                .header("Protocol-Version", "1")
                .header("Device-Id", "02:00:00:00:00:01")
                .header("Client-Id", "b1f1ad4c-9c7e-4b6e-8d0b-0e3c1d2f3a4b")
                .buildAsync(URI.create(url), new WebSocket.Listener() {})
                .join();
    }
}
