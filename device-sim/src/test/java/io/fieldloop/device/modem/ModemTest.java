package io.fieldloop.device.modem;

import static io.fieldloop.device.modem.ModemFault.When.COMMAND;
import static io.fieldloop.device.modem.ModemFault.When.LINE;
import static io.fieldloop.device.modem.ModemFault.When.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.modem.grammar.ModemKind;
import io.fieldloop.device.record.RecordCopy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void makesARequestOfItsOwnAndTellsTheAnswerInLines() {
        assertThat(bench.type("AT+MHTTPCREATE=\"http://gateway.test:8002\"")).containsExactly("+MHTTPCREATE: 0", "OK");
        bench.type("AT+MHTTPHEADER=0,0,15,\"Device-Id: 02,3\"");
        assertThat(bench.type("AT+MHTTPCONTENT=0,0,2")).containsExactly(">");
        assertThat(bench.raw("{}")).containsExactly("OK");
        bench.type("AT+MHTTPCFG=\"encoding\",0,1,1");
        assertThat(bench.type("AT+MHTTPREQUEST=0,2,0,2F6F7461")).containsExactly("OK");
        assertThat(bench.sent())
                .isEqualTo(
                        "POST /ota HTTP/1.1\r\nHost: gateway.test:8002\r\nDevice-Id: 02,3\r\nContent-Length: 2\r\n\r\n{}");

        bench.peerSends("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
        bench.peerSends("cd");
        assertThat(bench.after(Duration.ZERO))
                .containsExactly(
                        "+MHTTPURC: \"header\",0,200,38,"
                                + "485454502F312E3120323030204F4B0D0A436F6E74656E742D4C656E6774683A20340D0A0D0A",
                        "+MHTTPURC: \"content\",0,4,2,2,6162",
                        "+MHTTPURC: \"content\",0,4,4,2,6364");
        assertThat(bench.type("AT+MHTTPDEL=0")).containsExactly("OK");
    }

    @Test
    void readsABodyInChunksAlsoWhereAChunksEndComesLater() {
        bench.type("AT+MHTTPCREATE=\"http://gateway.test\"");
        bench.type("AT+MHTTPREQUEST=0,1,0,/");
        bench.peerSends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab");
        bench.peerSends("\r\n0\r\n\r\n");
        assertThat(bench.after(Duration.ZERO))
                .endsWith("+MHTTPURC: \"content\",0,0,2,2,6162", "+MHTTPURC: \"content\",0,0,2,0,");
    }

    @Test
    void tellsByANumberOfAServerThatIsNotThereOrDoesNotAnswer() {
        bench.type("AT+MHTTPCREATE=\"http://nowhere.test\"");
        assertThat(bench.type("AT+MHTTPREQUEST=0,1,0,/")).containsExactly("OK", "+MHTTPURC: \"err\",0,1");
        bench.type("AT+MHTTPCREATE=\"http://gateway.test\"");
        bench.type("AT+MHTTPREQUEST=1,1,0,/");
        bench.peerCloses();
        assertThat(bench.after(Duration.ZERO)).containsExactly("+MHTTPURC: \"err\",1,5");
    }

    @Test
    void aQuectelModemCallsAnMqttClientOccupiedUntilItIsDisconnected() {
        try (ModemBench quectel = new ModemBench("ec801e")) {
            assertThat(quectel.type("AT+QMTOPEN=0,\"gateway.test\",1883")).containsExactly("OK", "+QMTOPEN: 0,0");
            assertThat(quectel.type("AT+QMTOPEN=0,\"gateway.test\",1883")).containsExactly("OK", "+QMTOPEN: 0,2");
            assertThat(quectel.type("AT+QMTDISC=0")).containsExactly("OK", "+QMTDISC: 0,0");
            assertThat(quectel.type("AT+QMTOPEN=0,\"nowhere.test\",1883")).containsExactly("OK", "+QMTOPEN: 0,4");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AT+MIPSEND=1,2,ZZ",
                "AT+MIPSEND=1,0",
                "AT+MIPSTATE=x",
                "AT+MIPCLOSE=99999999999",
                "AT+IPR=0",
                "AT+MIPOPEN=1,\"TCP\"",
                "AT+MIPOPEN=,,,,,",
                "\u001b\u0000\u00ff=\",",
                "="
            })
    void aCommandThatIsNoneLeavesItUsable(String command) {
        assertThat(bench.type(command)).isNotEmpty();
        assertThat(bench.type("AT")).contains("OK");
    }

    @Test
    void aSecondKindOfModemIsAnotherFile() {
        try (ModemBench quectel = new ModemBench("ec801e")) {
            assertThat(quectel.type("AT+QISTATE=1,1"))
                    .as("a socket that is not open")
                    .containsExactly("OK");
            assertThat(quectel.type("AT+QIOPEN=1,1,\"TCP\",\"gateway.test\",8000,0,1"))
                    .containsExactly("OK", "+QIOPEN: 1,0");
            assertThat(quectel.type("AT+QISEND=1,2")).containsExactly("> ");
            assertThat(quectel.raw("Hi")).containsExactly("OK", "+QISEND: 1,0,2");
            assertThat(quectel.sent()).isEqualTo("Hi");
            quectel.peerSends("Ho");
            assertThat(quectel.after(Duration.ZERO)).containsExactly("+QIURC: \"recv\",1,2,486F");
        }
    }

    @Test
    void whatIsWaitedForDecidesWhenAFaultActs() {
        ModemFault late = fault(COMMAND, "AT+CSQ", Map.of("delay", Duration.ofSeconds(2), "skip", 1));
        ModemFault cut = fault(LINE, "+CSQ", Map.of("cutAt", 1, "cutBytes", 2));
        try (ModemBench faulty =
                new ModemBench(ModemKind.named("ml307"), Map.of("sim", "absent"), List.of(late, cut))) {
            assertThat(faulty.type("AT+CPIN?")).containsExactly("+CME ERROR: 10");
            assertThat(faulty.type("AT+CSQ")).containsExactly("+Q: 25,99", "OK");
            assertThat(faulty.type("AT+CSQ")).as("a second is not enough").isEmpty();
            assertThat(faulty.after(Duration.ofSeconds(2))).containsExactly("+CSQ: 25,99", "OK");
        }
    }

    @Test
    void aLineIsHeldBackUntilAnotherOneWasSaid() {
        ModemFault held = fault(LINE, ">", Map.of("behind", "+MIPURC", "delay", Duration.ofSeconds(5)));
        try (ModemBench faulty = new ModemBench(ModemKind.named("ml307"), Map.of(), List.of(held))) {
            faulty.type("AT+MIPOPEN=2,\"UDP\",\"gateway.test\",8884,,0");
            assertThat(faulty.type("AT+MIPSEND=2,2")).isEmpty();
            faulty.peerSends("Ho");
            assertThat(faulty.after(Duration.ZERO)).containsExactly("+MIPURC: \"rudp\",2,2,486F", ">");
        }
    }

    @Test
    void afterARestartItsSocketsAreGoneAndItIsBackAtAnotherSpeed() {
        ModemFault restart = fault(TIME, "", Map.of("at", Duration.ofMillis(1), "reboots", true, "baud", 9_600));
        try (ModemBench faulty = new ModemBench(ModemKind.named("ml307"), Map.of(), List.of(restart))) {
            assertThat(faulty.type("AT")).as("it is off").isEmpty();
            assertThat(faulty.after(Duration.ofSeconds(3))).containsExactly("+MATREADY");
            assertThat(faulty.modem.baud()).isEqualTo(9_600);
            assertThat(faulty.type("AT+MIPSTATE=1")).containsExactly("+MIPSTATE: 1,\"TCP\",\"\",0,\"INITIAL\"", "OK");
        }
    }

    /** A fault that acts once and does nothing but what it is given. */
    private static ModemFault fault(ModemFault.When when, String beginning, Map<String, Object> effects) {
        ModemFault fault = new ModemFault(
                when,
                beginning,
                Duration.ZERO,
                0,
                1,
                Duration.ZERO,
                false,
                false,
                null,
                null,
                0,
                0,
                false,
                0,
                Duration.ZERO,
                null);
        for (Map.Entry<String, Object> effect : effects.entrySet()) {
            fault = RecordCopy.with(fault, effect.getKey(), effect.getValue());
        }
        return fault;
    }

    @Test
    void aNetworkCardTakesTheSpeedOfItsPortWhenItRestarts() {
        try (ModemBench card = new ModemBench("nt26-eth")) {
            card.raw(frame("AT+XJCFG=netPortBaudRate,2000000\r"));
            assertThat(card.modem.baud()).isEqualTo(115_200);
            card.raw(frame("AT+ECRST\r"));
            assertThat(card.modem.baud()).isEqualTo(2_000_000);
        }
    }

    @Test
    void aNetworkCardIsFasterAtPowerUp() {
        assertThat(ModemSettings.powerUpBaud(ModemKind.named("nt26-eth"))).isEqualTo(3_000_000);
        assertThat(ModemSettings.powerUpBaud(ModemKind.named("ml307"))).isEqualTo(115_200);
    }

    /** A command behind its header: length, sequence, type, check. */
    private static String frame(String command) {
        char[] header = {(char) command.length(), 0, 1 << 2, (char) (command.length() + (1 << 2) ^ 3)};
        return new String(header) + command;
    }
}
