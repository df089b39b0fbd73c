package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.VoiceQuality;
import io.fieldloop.server.event.VoiceRefusal;
import io.fieldloop.server.voice.VoiceConfig;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Datagrams of devices and of strangers, on frozen time. */
class VoiceTest {
    private static final String HOME = "203.0.113.5";
    private static final String ELSEWHERE = "198.51.100.9";

    private FrozenGateway gateway;
    private FrozenGateway.Datagrams voice;
    private FrozenMqtt device;
    private JsonNode udp;

    @Test
    void takesOnlyLaterPackets() throws Exception {
        try (FrozenGateway opened = open(Stance.HARDENED)) {
            send(HOME, 1, 2, 2, 1, 4);
            assertThat(refusals(opened)).containsExactly(VoiceRefusal.DUPLICATE, VoiceRefusal.LATE);
            VoiceQuality quality = close();
            assertThat(quality.received()).isEqualTo(3);
            assertThat(quality.duplicates()).isEqualTo(2);
            assertThat(quality.lost()).isEqualTo(1);
        }
    }

    @Test
    void compatTakesTheLastOneAgain() throws Exception {
        try (FrozenGateway opened = open(Stance.COMPAT)) {
            send(HOME, 1, 2, 2, 1);
            assertThat(refusals(opened)).containsExactly(VoiceRefusal.LATE);
            assertThat(close().received()).isEqualTo(3);
        }
    }

    @Test
    void aReplayFromElsewhereTakesTheDownlinkInCompatAndIsTold() throws Exception {
        try (FrozenGateway opened = open(Stance.COMPAT)) {
            send(HOME, 1, 2, 3);
            send(ELSEWHERE, 1);
            device.say("{\"type\":\"listen\",\"state\":\"stop\"}");
            assertThat(voice.sent()).hasSize(5).allMatch(sent -> sent.startsWith(ELSEWHERE));
            assertThat(opened.events().of(GatewayEvent.SecurityNote.class))
                    .extracting(GatewayEvent.SecurityNote::weakness)
                    .containsExactly(
                            GatewayEvent.SecurityNote.Weakness.KEYSTREAM_SHARED,
                            GatewayEvent.SecurityNote.Weakness.DOWNLINK_TAKEN);
        }
    }

    @Test
    void aReplayFromElsewhereTakesNothingHardened() throws Exception {
        try (FrozenGateway opened = open(Stance.HARDENED)) {
            send(HOME, 1, 2, 3);
            send(ELSEWHERE, 1, 3, 100_000);
            device.say("{\"type\":\"listen\",\"state\":\"stop\"}");
            assertThat(voice.sent()).hasSize(5).allMatch(sent -> sent.startsWith(HOME));
            assertThat(refusals(opened)).contains(VoiceRefusal.SEQUENCE_LEAP);
        }
    }

    @Test
    void followsADeviceWhoseNatHasForgottenIt() throws Exception {
        for (Stance stance : Stance.values()) {
            try (FrozenGateway opened = open(stance)) {
                send(HOME, 1, 2);
                send(ELSEWHERE, 3, 4);
                device.say("{\"type\":\"listen\",\"state\":\"stop\"}");
                assertThat(voice.sent()).hasSize(5).allMatch(sent -> sent.startsWith(ELSEWHERE));
                assertThat(opened.events().of(GatewayEvent.VoiceAddressLearned.class))
                        .extracting(GatewayEvent.VoiceAddressLearned::rebound)
                        .containsExactly(false, true);
                assertThat(close().rebinds()).isEqualTo(1);
            }
        }
    }

    @Test
    void aLengthThatIsNotTheHeadersIsRefusedHardenedAndCutInCompat() throws Exception {
        byte[] tail = {1, 2, 3};
        for (Stance stance : Stance.values()) {
            try (FrozenGateway opened = open(stance)) {
                byte[] packet = VoiceBytes.seal(udp, 0, 1, new byte[20]);
                byte[] longer = Arrays.copyOf(packet, packet.length + tail.length);
                voice.send(HOME, 40_000, longer);
                assertThat(refusals(opened))
                        .isEqualTo(stance == Stance.COMPAT ? List.of() : List.of(VoiceRefusal.LENGTH_WRONG));
                device.say("{\"type\":\"listen\",\"state\":\"stop\"}");
                assertThat(opened.events()
                                .only(GatewayEvent.AudioReceived.class)
                                .bytes())
                        .isEqualTo(stance == Stance.COMPAT ? 20 : 0);
            }
        }
    }

    @Test
    void countsOnOverTheEndOfTheSequenceHardenedAndStopsThereInCompat() throws Exception {
        VoiceConfig config =
                VoiceConfig.builder().sequenceLeapMax(Integer.MAX_VALUE).build();
        for (Stance stance : Stance.values()) {
            try (FrozenGateway opened = open(stance, config)) {
                send(HOME, 0x7fff_ffffL, 0xffff_fffeL, 0xffff_ffffL, 0, 1);
                close();
                assertThat(opened.events()
                                .only(GatewayEvent.VoiceClosed.class)
                                .quality()
                                .received())
                        .isEqualTo(stance == Stance.COMPAT ? 3 : 5);
            }
        }
    }

    @Test
    void tellsEachStrangerOnceAndRemembersOnlySoMany() throws Exception {
        VoiceConfig config = VoiceConfig.builder().strangersMax(10).build();
        try (FrozenGateway opened = open(Stance.HARDENED, config)) {
            voice.send("192.0.2.1", 1, new byte[3]);
            voice.send("192.0.2.1", 2, new byte[40]);
            byte[] foreign = VoiceBytes.seal(udp, 0, 1, new byte[3]);
            foreign[4] ^= 1;
            voice.send("192.0.2.2", 1, foreign);
            assertThat(opened.events().of(GatewayEvent.StrangerDatagram.class))
                    .extracting(GatewayEvent.StrangerDatagram::reason)
                    .containsExactly(VoiceRefusal.HEADER_TRUNCATED, VoiceRefusal.FLOW_UNKNOWN);
            for (int i = 0; i < 200; i++) {
                voice.send("198.51.100." + i, 1, new byte[3]);
            }
            assertThat(opened.events().of(GatewayEvent.StrangerDatagram.class)).hasSize(20);
        }
    }

    @Test
    void judgesLossJitterAndGaps() throws Exception {
        try (FrozenGateway opened = open(Stance.HARDENED)) {
            for (int sequence = 1; sequence <= 100; sequence++) {
                if (sequence % 10 != 0) {
                    send(HOME, sequence);
                }
                opened.advance(Duration.ofMillis(sequence == 50 ? 300 : 60));
            }
            VoiceQuality quality = close();
            assertThat(quality.received()).isEqualTo(90);
            assertThat(quality.lost()).isEqualTo(9);
            assertThat(quality.gaps()).isEqualTo(1);
            assertThat(quality.jitter()).isBetween(Duration.ofNanos(1), Duration.ofMillis(10));
            assertThat(quality.mos()).isBetween(1.5, 4.2);
        }
    }

    @Test
    void aClosedTalkTakesNoMorePackets() throws Exception {
        try (FrozenGateway opened = open(Stance.HARDENED)) {
            send(HOME, 1);
            close();
            send(HOME, 2);
            assertThat(opened.events().only(GatewayEvent.StrangerDatagram.class).reason())
                    .isEqualTo(VoiceRefusal.FLOW_UNKNOWN);
        }
    }

    private FrozenGateway open(Stance stance) {
        return open(stance, VoiceConfig.builder().build());
    }

    /** A device that said hello and listens. */
    private FrozenGateway open(Stance stance, VoiceConfig config) {
        gateway = FrozenMqtt.gateway(all -> all.stance(stance).voice(config));
        voice = gateway.voice("voice");
        device = FrozenMqtt.connected(gateway).hello();
        udp = device.message().path("udp");
        device.say("{\"type\":\"listen\",\"state\":\"start\",\"mode\":\"manual\"}");
        return gateway;
    }

    private void send(String from, long... sequences) throws GeneralSecurityException {
        for (long sequence : sequences) {
            voice.send(from, 40_000, VoiceBytes.seal(udp, 0, sequence, new byte[20]));
        }
    }

    private VoiceQuality close() {
        device.say("{\"type\":\"goodbye\"}");
        return gateway.events().only(GatewayEvent.VoiceClosed.class).quality();
    }

    private static List<VoiceRefusal> refusals(FrozenGateway gateway) {
        return gateway.events().of(GatewayEvent.VoicePacketRefused.class).stream()
                .map(GatewayEvent.VoicePacketRefused::reason)
                .toList();
    }
}
