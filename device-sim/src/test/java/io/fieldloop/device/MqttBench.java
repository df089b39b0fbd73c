package io.fieldloop.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.device.profile.DeviceProfile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** An MQTT device on the bench: a broker and a voice server that the test plays by hand. */
final class MqttBench extends FrozenBench<MqttBench> {

    static final String KEY = "00112233445566778899aabbccddeeff";
    static final String NONCE = "01000000deadbeef0000000000000000";
    static final String CONNACK = "20020000";
    static final MqttSettings SETTINGS = MqttSettings.of("gateway.test:1883", "GID_test@@@02_00@@@uuid");

    final Device device;
    final NvsStore nvs = NvsStore.inMemory();
    String voiceDialled = "";
    private int lastPacketId;

    private Function<EmbeddedChannel, ChannelFuture> voiceNetwork = EmbeddedChannel::newSucceededFuture;
    private EmbeddedChannel voice = wire();

    MqttBench(String profile) {
        this(profile, SETTINGS);
    }

    MqttBench(String profile, MqttSettings settings) {
        DeviceConfig config = DeviceConfig.of("bench", DeviceProfile.named(profile), Bench.URL)
                .withMqtt(settings);
        device = device(config, nvs, (loop, host, port, pipeline) -> dialVoice(host + ":" + port, pipeline));
    }

    @Override
    MqttBench self() {
        return this;
    }

    private ChannelFuture dialVoice(String to, ChannelHandler pipeline) {
        voiceDialled = to;
        voice = channel(pipeline);
        return voiceNetwork.apply(voice);
    }

    /** What would open the socket for voice says neither yes nor no. */
    MqttBench silentVoice() {
        voiceNetwork = EmbeddedChannel::newPromise;
        return this;
    }

    MqttBench failingVoice(Exception cause) {
        voiceNetwork = channel -> channel.newFailedFuture(cause);
        return this;
    }

    /** What the device sent to the broker since last asked. */
    byte[] received() {
        return read(wire());
    }

    /** The same as packets: {@code CONNECT}, {@code PINGREQ}, {@code DISCONNECT}, or the topic and text of a publish, with the filter of a SUBSCRIBE. */
    List<String> packets() {
        ByteBuf all = Unpooled.wrappedBuffer(received());
        List<String> packets = new ArrayList<>();
        while (all.isReadable()) {
            int first = all.readUnsignedByte();
            int type = first >> 4;
            int length = all.readUnsignedByte();
            length = length < 0x80 ? length : ((length & 0x7F) | (all.readUnsignedByte() << 7));
            ByteBuf body = all.readSlice(length);
            packets.add(
                    switch (type) {
                        case 1 -> "CONNECT";
                        case 3 -> published(first, body);
                        case 4 -> "PUBACK " + body.readUnsignedShort();
                        case 8 -> "SUBSCRIBE " + text(body.skipBytes(2));
                        case 12 -> "PINGREQ";
                        case 14 -> "DISCONNECT";
                        default -> "type " + type;
                    });
        }
        return packets;
    }

    private static String text(ByteBuf body) {
        return body.readString(body.readUnsignedShort(), UTF_8);
    }

    private String published(int first, ByteBuf body) {
        String topic = text(body);
        if ((first & 6) != 0) {
            lastPacketId = body.readUnsignedShort();
        }
        return topic + " " + body.toString(UTF_8) + ((first & 8) == 0 ? "" : " (DUP)");
    }

    /** The broker has the last message that asked for it. */
    MqttBench acknowledges() {
        return sends("4002" + HexFormat.of().toHexDigits((short) lastPacketId));
    }

    /** The datagrams the device sent since last asked, in hexadecimal. */
    List<String> datagrams() {
        List<String> datagrams = new ArrayList<>();
        for (ByteBuf part = voice.readOutbound(); part != null; part = voice.readOutbound()) {
            datagrams.add(ByteBufUtil.hexDump(part));
            part.release();
        }
        return datagrams;
    }

    private static byte[] read(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        byte[] bytes = ByteBufUtil.getBytes(all);
        all.release();
        return bytes;
    }

    /** The broker sends bytes. */
    MqttBench sends(String hex) {
        wire().writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
        return this;
    }

    /** The broker publishes at QoS 0 to whatever topic. */
    MqttBench publishes(String json) {
        byte[] text = json.getBytes(UTF_8);
        ByteBuf packet = Unpooled.buffer().writeByte(0x30);
        int left = 3 + text.length;
        packet.writeByte((left & 0x7F) | (left > 0x7F ? 0x80 : 0));
        if (left > 0x7F) {
            packet.writeByte(left >> 7);
        }
        wire().writeInbound(packet.writeShort(1).writeByte('x').writeBytes(text));
        return this;
    }

    /** The voice server sends a datagram. */
    MqttBench speaks(String hex) {
        voice.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
        return this;
    }

    static String hello(String session) {
        return "{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\",\"session_id\":\"" + session + "\",\"udp\":"
                + "{\"server\":\"voice.test\",\"port\":8884,\"encryption\":\"aes-128-ctr\",\"key\":\"" + KEY
                + "\",\"nonce\":\"" + NONCE + "\"}}";
    }

    /** Boots, and the broker takes the device. */
    MqttBench connected() {
        device.start();
        afterCommands(device);
        assertThat(packets()).containsExactly("CONNECT");
        sends(CONNACK);
        afterCommands(device);
        return this;
    }

    /** Opens the channel to its end. */
    MqttBench online() {
        connected();
        CompletableFuture<ConnectOutcome> outcome = device.openChannel();
        publishes(hello("s-1"));
        afterCommands(device);
        assertThat(outcome).isCompletedWithValueMatching(ConnectOutcome.Online.class::isInstance);
        packets();
        return this;
    }

    @Override
    public void close() {
        device.losePower();
        super.close();
    }
}
