package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.session.Session;
import io.fieldloop.server.session.SessionHandler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever embeds a gateway can bring a session of its own; the README's echo is this one, line by line. */
final class OwnSessionExampleTest {
    // README begins
    record Echo(Session session) implements SessionHandler {
        @Override
        public void text(String text) {
            session.sendText(text);
        }

        @Override
        public void binary(ByteBuf message) {
            session.sendBinary(message.retain());
        }
    }
    // README ends

    @Test
    void isWhatTheReadmeShows() throws IOException {
        ReadmeExample.assertShown(OwnSessionExampleTest.class);
    }

    @Test
    void echoesOnRealSockets() throws InterruptedException {
        try (RunningGateway gateway = RunningGateway.with(config -> config.sessionHandler(Echo::new))) {
            OutsideClient client = new OutsideClient(gateway, "02:00:00:00:00:01");
            client.socket().sendText("no hello of the protocol", true).join();

            assertThat(client.nextText()).isEqualTo("no hello of the protocol");
        }
    }

    @Test
    void echoesBytesAndIsBoundByNoHello() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config.sessionHandler(Echo::new))) {
            FrozenDevice device = new FrozenDevice(gateway);
            gateway.advance(Duration.ofSeconds(60));
            device.sendBinary(new byte[] {1, 2, 3});

            assertThat(device.frames()).singleElement().satisfies(frame -> {
                assertThat(frame.isBinary()).isTrue();
                assertThat(frame.payload()).containsExactly(1, 2, 3);
            });
            assertThat(gateway.events().kinds()).containsExactly("connection-opened", "upgraded");
        }
    }

    @Test
    void aDeviceThatLeavesInTheMiddleOfAMessageIsNoErrorOfTheGateway() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config.sessionHandler(Echo::new))) {
            FrozenDevice device = new FrozenDevice(gateway);
            device.sendRaw(new byte[] {0x01, (byte) 0x81, 0, 0, 0, 0, 'a'}); // text, without FIN
            device.leave();

            assertThat(gateway.events().kinds()).containsExactly("connection-opened", "upgraded", "session-closed");
        }
    }

    /** RFC 6455 5.4: control frames may stand between the fragments of a message, and are answered there. */
    @Test
    void answersAPingBetweenTheFragmentsOfAMessage() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config.sessionHandler(Echo::new))) {
            FrozenDevice device = new FrozenDevice(gateway);
            device.sendRaw(new byte[] {0x01, (byte) 0x81, 0, 0, 0, 0, 'a'}); // text, without FIN
            device.sendFrame(9, new byte[] {'p'});
            device.sendRaw(new byte[] {0x00, (byte) 0x80, 0, 0, 0, 0}); // an empty continuation
            device.sendFrame(0, new byte[] {'b'});

            assertThat(device.frames()).extracting(Frames.Frame::opcode).containsExactly(10, 1);
        }
    }

    @Test
    void keepsTheIdleLimitOfEverySession() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config.sessionHandler(Echo::new))) {
            FrozenDevice device = new FrozenDevice(gateway);
            gateway.advance(Duration.ofMinutes(2));

            assertThat(device.closeCode()).isEqualTo(1000);
            assertThat(gateway.events().only(GatewayEvent.SessionClosed.class).reason())
                    .isEqualTo(CloseReason.IDLE);
        }
    }

    @Test
    void closesWithItsOwnCodeAndAReasonOfTheVocabulary() {
        try (FrozenGateway gateway = new FrozenGateway(config -> config.sessionHandler(Closing::new))) {
            FrozenDevice device = new FrozenDevice(gateway);
            device.send("anything");

            assertThat(device.closeCode()).isEqualTo(4001);
            assertThat(gateway.events().only(GatewayEvent.SessionClosed.class).reason())
                    .isEqualTo(CloseReason.UNSUPPORTED_DATA);
        }
    }

    @Test
    void aSessionClosesTheOtherChannelsItOwns() {
        List<Session> sessions = new ArrayList<>();
        EmbeddedChannel voice = new EmbeddedChannel();
        try (FrozenGateway gateway = new FrozenGateway(config -> config.sessionHandler(session -> {
            sessions.add(session);
            return new Echo(session);
        }))) {
            FrozenDevice device = new FrozenDevice(gateway);
            sessions.get(0).own(voice);
            assertThat(voice.isOpen()).isTrue();
            device.leave();

            assertThat(voice.isOpen()).isFalse();
        }
    }

    private record Closing(Session session) implements SessionHandler {
        @Override
        public void text(String text) {
            session.close(4001, "not here", CloseReason.UNSUPPORTED_DATA);
        }

        @Override
        public void binary(ByteBuf message) {
            text(message.toString(StandardCharsets.UTF_8));
        }
    }
}
