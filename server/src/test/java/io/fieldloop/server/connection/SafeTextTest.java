package io.fieldloop.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class SafeTextTest {
    @Test
    void writesBytesThatAreNoTextAsHex() {
        // TPKT and X.224 connection request, then the cookie of an RDP scanner
        ByteBuf rdp = Unpooled.wrappedBuffer(
                HexFormat.of().parseHex("0300002f2ae0"),
                "Cookie: mstshash=Adm\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(SafeText.of(rdp)).isEqualTo("\\x03\\x00\\x00/*\\xe0Cookie: mstshash=Adm\\x0d\\x0a");
    }

    @Test
    void cutsWhatIsLong() {
        assertThat(SafeText.of("x".repeat(200))).isEqualTo("x".repeat(96) + "...");
    }

    @Test
    void leavesTokensOut() {
        assertThat(SafeText.of("GET / HTTP/1.1\r\nAuthorization: Bearer s3cr3t.1767225600\r\nHost: x"))
                .isEqualTo("GET / HTTP/1.1\\x0d\\x0aAuthorization: Bearer ***\\x0d\\x0aHost: x");
        assertThat(SafeText.of("GET /?authorization=Bearer%20s3cr3t.17&device-id=a HTTP/1.1"))
                .isEqualTo("GET /?authorization=Bearer%20***&device-id=a HTTP/1.1");
        assertThat(SafeText.of("GET /?authorization=s3cr3t&x=1")).isEqualTo("GET /?authorization=***&x=1");
    }
}
