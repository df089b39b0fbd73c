package io.fieldloop.qemu.flash;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.qemu.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChipImageTest {
    // Digest of the 48 bytes before it, from sha256sum.
    private static final String GOLDEN = "e9" // magic
            + "01" // segments
            + "02" // DIO
            + "20" // 4 MB, frequency code 0
            + "00040840" // entry 0x40080400
            + "ee" // no write protect pin
            + "000000" // pin drive
            + "0900" // ESP32-S3
            + "00" // lowest revision, old field
            + "0000" // lowest revision
            + "ffff" // highest revision
            + "00000000"
            + "01" // digest appended
            + "0000fb3f" // segment for 0x3ffb0000
            + "08000000" // of eight bytes
            + "0102040810204080"
            + "00000000000000" // up to the last byte of a block of 16
            + "10"; // 0xef ^ 0xff

    private static final ImageHeader HEADER = ImageHeader.of(Chip.ESP32_S3, FlashMode.DIO, 4 << 20, 0x40080400);

    @Test
    void writesEveryFieldWhereTheRomReadsIt() {
        Bytes data = Bytes.of(new byte[] {1, 2, 4, 8, 16, 32, 64, (byte) 128});

        ChipImage image = ChipImage.of(HEADER, List.of(new Segment(0x3ffb0000L, data)));

        assertThat(image.bytes().slice(0, 48).hex()).isEqualTo(GOLDEN);
        assertThat(image.bytes().slice(48, 32)).isEqualTo(image.digest());
        assertThat(image.bytes().length()).isEqualTo(80);
    }

    @Test
    void readsWhatEsptoolWould() {
        byte[] file = HandMadeImage.app(HandMadeImage.ESP32_S3);

        ChipImage image = ChipImage.read(Bytes.of(file), 0, file.length, "it");

        assertThat(image.header())
                .isEqualTo(new ImageHeader(
                        2, FlashMode.DIO, 15, 4 << 20, 0x403c8904L, 0xee, 0, Chip.ESP32_S3, 0, 0, 99, true));
        assertThat(image.segments()).hasSize(2);
        assertThat(image.segments().get(1))
                .isEqualTo(new Segment(0x3c000020L, Bytes.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 9})));
        assertThat(image.hasOwnDigest()).isTrue();
        assertThat(ChipImage.of(image.header(), image.segments()).bytes()).isEqualTo(Bytes.of(file));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void survivesARoundTrip(long seed) {
        Random random = new Random(seed);
        List<Segment> segments = new ArrayList<>();
        for (int i = random.nextInt(ImageHeader.SEGMENTS_MAX); i >= 0; i--) {
            byte[] data = new byte[4 * random.nextInt(200)];
            random.nextBytes(data);
            segments.add(new Segment(random.nextInt() & 0xffffffffL, Bytes.of(data)));
        }

        ChipImage image = ChipImage.of(HEADER, segments);

        assertThat(ChipImage.read(image.bytes(), 0, image.bytes().length(), "it"))
                .as("seed " + seed)
                .isEqualTo(image);
    }
}
