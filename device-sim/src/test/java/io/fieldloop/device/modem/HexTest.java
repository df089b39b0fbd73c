package io.fieldloop.device.modem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HexTest {
    private static final byte[] EVERY_BYTE = new byte[256];

    static {
        IntStream.range(0, EVERY_BYTE.length).forEach(value -> EVERY_BYTE[value] = (byte) value);
    }

    @Test
    void writesEveryByteAsTheRuntimeDoes() {
        assertThat(Hex.of(EVERY_BYTE)).isEqualTo(HexFormat.of().withUpperCase().formatHex(EVERY_BYTE));
    }

    @Test
    void knowsDigitsOfEitherCaseAndNothingElse() {
        for (char digit = 0; digit < 512; digit++) {
            assertThat(Hex.valueOf(digit)).isEqualTo(HexFormat.isHexDigit(digit) ? HexFormat.fromHexDigit(digit) : -1);
        }
    }

    @Test
    void whatIsNoHexadecimalIsNoData() {
        assertThat(Commands.bytesOf("00fFA5")).isEqualTo("\0\u00ff\u00a5");
        assertThat(Commands.bytesOf("")).isEmpty();
        assertThat(Commands.bytesOf("123")).isNull();
        assertThat(Commands.bytesOf("1G")).isNull();
        assertThat(Commands.bytesOf("G1")).isNull();
    }
}
