package io.fieldloop.device.ota;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The firmware's HTTP client, which is more forgiving than RFC 9112 in some places and less in others. */
class HttpReaderTest {
    private static HttpReader reads(String... pieces) {
        HttpReader reader = new HttpReader();
        for (String piece : pieces) {
            reader.feed(Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1));
        }
        return reader;
    }

    private static String body(HttpReader reader) {
        return reader.body().toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void endsABodyAtItsLengthWhateverPiecesItComesIn() {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        HttpReader reader = reads(answer.split("(?<=.)"));
        assertThat(reader.status()).isEqualTo(200);
        assertThat(reader.bodyLength()).isEqualTo(5);
        assertThat(reader.ended()).isTrue();
        assertThat(body(reader)).isEqualTo("hello");
    }

    @Test
    void keepsWhatCameBehindTheBodyInTheSamePiece() {
        assertThat(body(reads("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello")))
                .isEqualTo("hello");
        assertThat(body(reads("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhe", "llo")))
                .isEqualTo("he");
    }

    @Test
    void endsABodyWithoutLengthWithTheConnection() {
        HttpReader reader = reads("HTTP/1.1 200 OK\r\n\r\nhel", "lo");
        assertThat(reader.ended()).isFalse();
        reader.disconnected();
        assertThat(reader.ended()).isTrue();
        assertThat(reader.brokenOff()).isFalse();
        assertThat(body(reader)).isEqualTo("hello");
    }

    @Test
    void knowsAConnectionThatEndsBeforeTheBody() {
        HttpReader reader = reads("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");
        reader.disconnected();
        assertThat(reader.brokenOff()).isTrue();
        assertThat(reader.ended()).isFalse();
    }

    @Test
    void joinsChunksAndGivesThemNoLength() {
        HttpReader reader = reads(
                "HTTP/1.1 200 OK\r\ntransfer-ENCODING: gzip, chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
        assertThat(reader.ended()).isTrue();
        assertThat(reader.bodyLength()).isZero();
        assertThat(body(reader)).isEqualTo("hello");
    }

    @Test
    void losesWhatComesBehindAChunkWhoseLineEndIsLate() {
        HttpReader reader =
                reads("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel", "\r\n2\r\nlo\r\n0\r\n\r\n");
        assertThat(reader.ended()).isTrue();
        assertThat(body(reader)).isEqualTo("hel");
    }

    @ParameterizedTest
    @CsvSource({
        "FOO 200 what, 200",
        "HTTP/2 404, 404",
        "HTTP/1.1 100 Continue, 100",
        "  HTTP/1.1   302  , 302",
    })
    void takesAnyProtocolAndAnInterimStatusForTheFinalOne(String line, int status) {
        HttpReader reader = reads(line + "\r\n\r\n");
        assertThat(reader.headersReceived()).isTrue();
        assertThat(reader.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "SSH-2.0-OpenSSH_9.6, Invalid status line: SSH-2.0-OpenSSH_9.6",
        "HTTP/1.1 20x OK, Parse status code failed: 20x",
        "HTTP/1.1 99 Low, Parse status code failed: 99",
    })
    void givesUpWhatHasNoStatus(String line, String problem) {
        HttpReader reader = reads(line + "\r\n");
        assertThat(reader.problem()).isEqualTo(problem);
        assertThat(reader.headersReceived()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-5, 0", "5x, 0", "'', 0", "+7, 7", "99999999999999999999, 0"})
    void readsALengthAsStrtoulDoes(String length, long read) {
        assertThat(reads("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n")
                        .bodyLength())
                .isEqualTo(read);
    }

    @Test
    void giveUpALineWithoutEnd() {
        assertThat(reads("x".repeat(70_000)).problem()).isEqualTo("Out of memory");
    }
}
