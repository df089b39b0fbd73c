package io.fieldloop.qemu.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.LinkProfile;
import io.netty.buffer.ByteBuf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The link's sockets, with something else than QEMU at their far ends. */
final class FrameLinkTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private FrameLink open() {
        return FrameLink.open(
                new FrameLinkConfig(
                        LinkProfile.NONE, 1, directory, new NameService(), new PortMap(), Egress.ALLOWED, null),
                event -> {});
    }

    @Test
    void passesFramesBothWays() {
        try (FrameLink link = open();
                FrameEnd firmware =
                        new FrameEnd(link.sockets().firmware(), link.sockets().firmwareRelay());
                FrameEnd network =
                        new FrameEnd(link.sockets().up(), link.sockets().upRelay())) {
            firmware.send(frame(1));
            network.send(frame(2));

            await().atMost(SOON).untilAsserted(() -> {
                assertThat(network.received).containsExactly(1);
                assertThat(firmware.received).containsExactly(2);
            });
        }
    }

    @Test
    void losesNothingToAReceiverThatIsSlow() {
        try (FrameLink link = open();
                FrameEnd firmware =
                        new FrameEnd(link.sockets().firmware(), link.sockets().firmwareRelay());
                FrameEnd network =
                        new FrameEnd(link.sockets().up(), link.sockets().upRelay())) {
            network.setReading(false);
            // More than the kernel's queues and the link's own take: the firmware's end has to wait too.
            for (int i = 0; i < 1000; i++) {
                firmware.send(frame(i, 1000));
            }
            assertThat(network.received).hasSizeLessThan(1000);

            network.setReading(true);

            await().atMost(SOON).until(() -> network.received.size() == 1000);
            assertThat(network.received)
                    .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
        }
    }

    @Test
    void findsTheQemuThatTookTheOldOnesPlace() {
        try (FrameLink link = open();
                FrameEnd firmware =
                        new FrameEnd(link.sockets().firmware(), link.sockets().firmwareRelay())) {
            try (FrameEnd first =
                    new FrameEnd(link.sockets().up(), link.sockets().upRelay())) {
                firmware.send(frame(1));
                await().atMost(SOON).until(() -> first.received.size() == 1);
            }
            try (FrameEnd second =
                    new FrameEnd(link.sockets().up(), link.sockets().upRelay())) {
                await().atMost(SOON).until(() -> {
                    firmware.send(frame(2));
                    return !second.received.isEmpty();
                });
            }
        }
    }

    @Test
    void leavesNoSocketAndNoThread() {
        FrameLink link = open();
        assertThat(link.sockets().upRelay()).exists();

        link.close();

        assertThat(link.sockets().upRelay()).doesNotExist();
        assertThat(link.sockets().firmwareRelay()).doesNotExist();
        await().atMost(SOON)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("frame-link")));
    }

    @Test
    void saysWhatIsWrongWithADirectory() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> FrameLink.open(
                        new FrameLinkConfig(
                                LinkProfile.NONE, 1, missing, new NameService(), new PortMap(), Egress.ALLOWED, null),
                        event -> {}))
                .isInstanceOf(FrameLinkException.class)
                .hasMessageContaining("cannot bind its socket " + missing.resolve("fw-relay"));

        assertThatThrownBy(() -> FrameSockets.in(Path.of("/tmp/" + "x".repeat(120))))
                .isInstanceOf(FrameLinkException.class)
                .hasMessageContaining("choose a directory with a shorter path");
    }

    @Test
    void takesOverADirectoryThatAKilledRunHasLeft() throws Exception {
        Files.createFile(directory.resolve("fw-relay"));

        open().close();

        assertThat(directory.resolve("fw-relay")).doesNotExist();
    }

    private static ByteBuf frame(int number) {
        return frame(number, 2);
    }

    private static ByteBuf frame(int number, int payloadBytes) {
        byte[] payload = new byte[payloadBytes];
        payload[payloadBytes - 2] = (byte) (number >> 8);
        payload[payloadBytes - 1] = (byte) number;
        return RelayBench.datagram(Direction.UPSTREAM, 1, 2, payload);
    }
}
