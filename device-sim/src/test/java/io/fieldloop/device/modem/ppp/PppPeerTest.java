package io.fieldloop.device.modem.ppp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames of the network's end, answered as a device would; the oracle for what they mean is lwIP, in the module qemu. */
class PppPeerTest {

    private static final int LCP = 0xc021;
    private static final int IPCP = 0x8021;
    private static final PppSettings SETTINGS =
            new PppSettings("10.0.2.15", "10.0.2.2", "10.0.2.3", PppSettings.Asks.NONE, "", "");

    private final List<String> heard = new ArrayList<>();
    private final List<String> packets = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private final HdlcDecoder device = new HdlcDecoder((protocol, payload) -> heard.add(hex(protocol, payload)));
    private boolean ended;
    private final PppPeer peer =
            new PppPeer(SETTINGS, (delay, task) -> timers.add(task), device::receive, packets::add, () -> ended = true);

    private static String hex(int protocol, String payload) {
        return Integer.toHexString(protocol) + " " + HexFormat.of().formatHex(payload.getBytes(ISO_8859_1));
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex.replace(" ", "")), ISO_8859_1);
    }

    /** What the peer answers. */
    private List<String> send(int protocol, String hex) {
        heard.clear();
        peer.receive(Hdlc.frame(protocol, bytes(hex), -1));
        return List.copyOf(heard);
    }

    private void comeUp() {
        peer.begin();
        agree();
    }

    private void agree() {
        device.skips(0);
        send(LCP, "02 01 0010 0206 00000000 0506 466c646c"); // its options, acknowledged
        send(LCP, "01 01 000a 0206 00000000"); // ours: nothing to be escaped
        send(IPCP, "02 01 000a 0306 0a000202");
        send(IPCP, "01 01 000a 0306 0a00020f");
    }

    @Test
    void givesAddressAndNameServersToWhoKnowsNone() {
        device.skips(0);
        peer.begin();
        assertThat(heard).containsExactly("c021 01010010" + "020600000000" + "0506466c646c");
        assertThat(send(LCP, "02 01 0010 0206 00000000 0506 466c646c")).isEmpty();
        assertThat(send(LCP, "01 07 000a 0206 00000000"))
                .containsExactly("c021 0207000a020600000000", "8021 0101000a03060a000202");

        assertThat(send(IPCP, "01 03 0016 0306 00000000 8106 00000000 8306 00000000"))
                .containsExactly("8021 03030016" + "03060a00020f" + "81060a000203" + "83060a000203");
        assertThat(send(IPCP, "01 04 000a 0206 002d0f01")).as("VJ").containsExactly("8021 0404000a0206002d0f01");
    }

    @Test
    void passesPacketsOnceBothAgreeAndNotBefore() {
        peer.begin();
        send(0x21, "45 00");
        assertThat(packets).isEmpty();

        agree();
        send(0x21, "45 00");
        assertThat(packets).containsExactly("E\u0000");
        heard.clear();
        peer.send("~}\u0011");
        assertThat(heard).containsExactly("21 7e7d11");
    }

    @Test
    void whatIsNoFrameIsSkipped() {
        peer.receive("ATD*99#\r\nSlirp v1.0 talking PPP\r\n");
        peer.receive("~\u00ff\u0003garbage~}~");
        comeUp();
        assertThat(peer.isUp()).isTrue();
        String broken = Hdlc.frame(0x21, "lost", 0).replace('l', 'm');
        peer.receive(broken);
        assertThat(packets).as("its checksum is wrong").isEmpty();
    }

    @Test
    void refusesWhatItDoesNotSpeakAnswersEchoesAndEnds() {
        comeUp();
        assertThat(send(0x80fd, "01 01 0004")).as("CCP").containsExactly("c021 0801000a80fd01010004");
        assertThat(send(LCP, "09 05 000a 00000001 6869")).containsExactly("c021 0a05000a466c646c6869");
        peer.ignoreEchoes();
        assertThat(send(LCP, "09 06 0008 00000001")).isEmpty();
        assertThat(send(LCP, "05 07 0004")).containsExactly("c021 06070004");
        assertThat(ended).isTrue();
    }

    @Test
    void asksTenTimesAndNoMore() {
        peer.begin();
        for (int index = 0; index < timers.size() && index < 30; index++) {
            timers.get(index).run();
        }
        assertThat(heard).hasSize(10);
    }
}
