package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.server.FrozenGateway.Client;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.AcceptFault;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.FaultPlace;
import io.fieldloop.server.fault.FaultTarget;
import io.fieldloop.server.fault.SessionFault;
import io.fieldloop.server.fault.TlsFault;
import io.fieldloop.server.fault.UpgradeFault;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Faults for one device: it meets them and its neighbours do not. */
class FaultTargetTest {
    private static final String OTHER = "02:00:00:00:00:09";
    private static final FaultTarget DEVICE = new FaultTarget(Requests.DEVICE_ID, Set.of(address("192.0.2.7")));

    @Test
    void meetsTheDeviceThatSaysItsIdAndNoOtherOfTheSameAddress() {
        Fault unavailable = only(new UpgradeFault.AnswerStatus(503, null), DEVICE);
        try (FrozenGateway gateway = new FrozenGateway(config -> config.fault(unavailable))) {
            assertThat(upgrade(gateway.connect(), Requests.DEVICE_ID)).startsWith("HTTP/1.1 503");
            assertThat(upgrade(gateway.connect(), OTHER)).startsWith("HTTP/1.1 101");
            assertThat(upgrade(gateway.connect("192.0.2.8"), Requests.DEVICE_ID))
                    .as("it has moved")
                    .startsWith("HTTP/1.1 503");
        }
    }

    @Test
    void goesByItsAddressBeforeItSaysItsId() {
        Fault refused = only(new AcceptFault.RefuseConnection(), DEVICE);
        try (FrozenGateway gateway = new FrozenGateway(config -> config.fault(refused))) {
            assertThat(gateway.connect("192.0.2.7").reset()).isTrue();
            assertThat(gateway.connect("192.0.2.8").reset()).isFalse();
        }
    }

    @Test
    void sessionsThatAreOpenMeetWhatIsPutOn() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config)) {
            Client device = gateway.connect();
            Client neighbour = gateway.connect();
            upgrade(device, Requests.DEVICE_ID);
            upgrade(neighbour, OTHER);
            Fault reset = only(new SessionFault.ResetSession(Duration.ofSeconds(3)), DEVICE);

            gateway.state().sessions().meet(List.of(reset, only(new TlsFault.StallTls(), DEVICE)));

            gateway.advance(Duration.ofSeconds(2));
            assertThat(device.reset()).as("its time counts from now").isFalse();
            gateway.advance(Duration.ofSeconds(1));
            assertThat(device.reset()).isTrue();
            assertThat(neighbour.reset()).isFalse();
            assertThat(gateway.events().only(GatewayEvent.FaultApplied.class).fault())
                    .isEqualTo("reset-session");
        }
    }

    @Test
    void twoDevicesMayHaveTheSameThingDecidedAndOneMayNot() {
        FaultTarget other = new FaultTarget(OTHER, Set.of());
        Fault stalled = only(new UpgradeFault.StallResponse(), DEVICE);
        FaultPlace.requireAllCanAct(List.of(stalled, only(new UpgradeFault.OmitAccept(), other)));

        assertThatThrownBy(() ->
                        FaultPlace.requireAllCanAct(List.of(stalled, only(new UpgradeFault.OmitAccept(), DEVICE))))
                .hasMessageContaining("both decide Sec-WebSocket-Accept");
        assertThatThrownBy(() ->
                        FaultPlace.requireAllCanAct(List.of(stalled, Fault.always(new UpgradeFault.OmitAccept()))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Fault only(FaultAction action, FaultTarget of) {
        return new Fault(action, 1, Integer.MAX_VALUE, of);
    }

    private static String upgrade(Client client, String deviceId) {
        return client.send(Requests.upgrade().with("Device-Id", deviceId).text())
                .text();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
