package io.fieldloop.scenario.rig.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class EphemeralPortsTest {
    private static final InetAddress SOURCE = InetAddress.getLoopbackAddress();
    private static final int PORTS = 16_384;

    private final VirtualDatagrams network = new VirtualDatagrams();

    @Test
    void portsAreGivenOutAgainOnceAllWereAndOneThatIsTakenIsLeftOut() throws BindException {
        InetSocketAddress first = network.ephemeral(SOURCE);
        network.bind(first, network.newChannel());
        InetSocketAddress second = network.ephemeral(SOURCE);
        for (int i = 2; i < PORTS; i++) {
            network.ephemeral(SOURCE);
        }

        assertThat(network.ephemeral(SOURCE)).isEqualTo(second).isNotEqualTo(first);
    }
}
