package io.fieldloop.scenario.probe.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerUrlTest {
    @ParameterizedTest
    @CsvSource({
        "wss://voice.example/xiaozhi/v1/, wss://voice.example/xiaozhi/v1/, 443",
        "https://voice.example, wss://voice.example/, 443",
        "ws://10.0.0.1:8000/a?b=c, ws://10.0.0.1:8000/a?b=c, 8000",
        "ws://[2001:db8::1]:8000/a, ws://[2001:db8::1]:8000/a, 8000",
        "HTTP://voice.example/, ws://voice.example/, 80"
    })
    void isWhatDevicesAreGiven(String written, String forDevices, int port) {
        ServerUrl url = ServerUrl.parse(written);
        assertThat(url.forDevices()).isEqualTo(forDevices);
        assertThat(url.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "voice.example | begins with no scheme",
                "mqtt://voice.example | begins with no scheme",
                "wss:///path | names no host",
                "wss://user@voice.example/ | holds a user name",
                "wss://voice.example:70000/ | ports are 1 to 65535",
                "wss://voice example/ | is no URL"
            })
    void whatNoDeviceCouldUseIsOneSentence(String written, String sentence) {
        assertThatThrownBy(() -> ServerUrl.parse(written))
                .isInstanceOf(ExamineException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void keepsThePathForAnotherOne() {
        assertThat(ServerUrl.parse("wss://h:1/a").forDevices("/b")).isEqualTo("wss://h:1/b");
    }
}
