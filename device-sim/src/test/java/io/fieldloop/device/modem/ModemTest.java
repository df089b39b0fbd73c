package io.fieldloop.device.modem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dialogues with an ML307, line by line. */
class ModemTest {

    private final ModemBench bench = new ModemBench("ml307");

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void answersWhatItKnowsAndRefusesWhatItDoesNot() {
        assertThat(bench.type("AT")).containsExactly("OK");
        assertThat(bench.type("AT+CGMR")).containsExactly("ML307R-DL-MBRH0S01", "OK");
        assertThat(bench.type("AT+CPIN?")).containsExactly("+CPIN: READY", "OK");
        assertThat(bench.type("AT+NOSUCH=1")).containsExactly("ERROR");
    }

    @Test
    void takesCommandsThatComeTogetherOneAfterTheOther() {
        assertThat(bench.raw("AT+CEREG=2\r\nAT+CEREG?\r\n"))
                .containsExactly("OK", "+CEREG: 2,1,\"0000\",\"00000000\",7", "OK");
    }

    @Test
    void echoesWhereItIsTold() {
        assertThat(bench.type("ATE1")).containsExactly("OK");
        assertThat(bench.type("AT")).containsExactly("AT", "OK");
    }

    @Test
    void aStreamGoesOutAndComesInAsHex() {
        assertThat(bench.type("AT+MIPOPEN=1,\"TCP\",\"gateway.test\",8000,,0")).containsExactly("OK", "+MIPOPEN: 1,0");
        assertThat(bench.type("AT+MIPSEND=1,2,4869")).containsExactly("+MIPSEND: 1,2", "OK");
        assertThat(bench.sent()).isEqualTo("Hi");

        bench.peerSends("Ho");
        assertThat(bench.after(Duration.ZERO)).containsExactly("+MIPURC: \"rtcp\",1,2,486F");
        bench.peerCloses();
        assertThat(bench.after(Duration.ZERO)).containsExactly("+MIPURC: \"disconn\",1,1");
    }

    @Test
    void afterItsPromptEverythingIsDataAlsoACommand() {
        bench.type("AT+MIPOPEN=2,\"UDP\",\"gateway.test\",8884,,0");

        assertThat(bench.type("AT+MIPSEND=2,6")).containsExactly(">");
        assertThat(bench.raw("AT\r\n")).isEmpty();
        assertThat(bench.raw("AT\r\n")).containsExactly("+MIPSEND: 2,6", "OK");
        assertThat(bench.sent()).isEqualTo("AT\r\nAT");
    }

    @Test
    void tellsWhatWentWrongByANumberOnly() {
        assertThat(bench.type("AT+MIPOPEN=1,\"TCP\",\"nowhere.test\",8000,,0")).containsExactly("OK", "+MIPOPEN: 1,1");
        assertThat(bench.type("AT+MIPSEND=1,2,4869")).containsExactly("+CME ERROR: 551");
    }

    @Test
    void aGrammarIsReadWithTheCommandAtFault() {
        assertThatThrownBy(() -> ModemKindReader.read("mine", "commands: { AT+FLY: { does: fly } }"))
                .hasMessageContaining("'AT+FLY' does 'fly'");
        assertThatThrownBy(() -> ModemKind.named("sim800")).hasMessageContaining("There is no modem 'sim800'");
    }
}
