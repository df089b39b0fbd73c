package io.fieldloop.device.ota;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fieldloop.device.attempt.Stoi;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Whatever a server answers, the device's parsers make something of it, or say why not. */
class OtaFuzzTest {
    /** The first byte says how many bytes arrive at a time (0: all at once). */
    @FuzzTest(maxDuration = "10m")
    void answers(byte[] data) {
        HttpReader reader = new HttpReader();
        int chunk = data.length == 0 ? 0 : data[0] & 0xff;
        for (int at = 1; at < data.length; at += chunk == 0 ? data.length : chunk) {
            reader.feed(Unpooled.wrappedBuffer(
                    Arrays.copyOfRange(data, at, chunk == 0 ? data.length : Math.min(data.length, at + chunk))));
        }
        assertThat(reader.bodyReceived()).isLessThanOrEqualTo(data.length);
        reader.disconnected();
        assertThat(reader.ended() ^ reader.brokenOff()).as("an end of one kind").isTrue();
        if (reader.headersReceived() && reader.problem() == null) {
            assertThat(reader.status()).isBetween(100, 999);
        }
        json(reader.body().toString(StandardCharsets.UTF_8));
    }

    @FuzzTest(maxDuration = "10m")
    void bodies(byte[] data) {
        json(new String(data, StandardCharsets.UTF_8));
    }

    private static void json(String body) {
        CheckAnswer answer = CheckAnswer.parse(body);
        if (answer == null) {
            return;
        }
        answer.localTime();
        answer.forced();
        MapFlash flash = new MapFlash();
        SettingsWriter writer = new SettingsWriter(flash);
        writer.store("websocket", answer.section("websocket"));
        writer.store("mqtt", answer.section("mqtt"));
        assertThat(flash.values.values()).allMatch(value -> value.length() < 4000);
        String version = answer.text("firmware", "version");
        if (version != null) {
            newer(version);
        }
        HttpUrl.parse(String.valueOf(answer.text("firmware", "url")));
    }

    private static boolean newer(String version) {
        try {
            return FirmwareVersion.isNewer(version, "1.0.0");
        } catch (Stoi.ThrownException abort) {
            return false;
        }
    }

    @FuzzTest(maxDuration = "10m")
    void images(byte[] data) {
        ImageCheck image = new ImageCheck();
        for (int at = 0; at < data.length; at += 4096) {
            ByteBuf page = Unpooled.wrappedBuffer(data, at, Math.min(4096, data.length - at));
            if (image.write(page) != null) {
                return;
            }
        }
        image.isValid();
        assertThat(image.version().length()).isLessThanOrEqualTo(32);
    }
}
