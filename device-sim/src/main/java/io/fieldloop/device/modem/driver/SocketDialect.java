package io.fieldloop.device.modem.driver;

import java.util.List;

/**
 * How one class of the network library drives a socket inside a modem, as data: its commands, where {@code {id}} and the like are filled
 * in, and the lines it waits for.
 *
 * @param tag of its console lines
 * @param kind what it calls what it opens
 * @param first commands before it asks for the socket's state, whose answers it does not look at
 * @param stateCommand asks for the state; {@code stateHeard} is the name of the answer, {@code conditionAt} where it has the condition
 * @param idle the condition of a socket that needs no closing; empty where any answer means that it does
 * @param needsState whether opening fails without that answer
 * @param setUp commands before it opens, of which none may fail
 * @param closedHeard the line it waits for after closing; empty where it waits for none
 * @param hex whether the bytes stand in the command, else they follow the prompt
 * @param awaitsSent whether the next command waits for {@code sentHeard}
 * @param sentCount how many arguments that line needs
 * @param lostCount how many arguments the line about the end of the connection needs
 */
record SocketDialect(
        String tag,
        String kind,
        List<String> first,
        String stateCommand,
        String stateHeard,
        int conditionAt,
        String idle,
        boolean needsState,
        List<String> setUp,
        String openCommand,
        String openHeard,
        String sendCommand,
        boolean hex,
        int chunkBytes,
        boolean awaitsSent,
        String sentHeard,
        int sentCount,
        String closeCommand,
        String closedHeard,
        String dataHeard,
        String dataWord,
        String lostWord,
        int lostCount) {

    private static final int ML307_CHUNK_BYTES = 730;
    private static final String ML307_HEX = "AT+MIPCFG=\"encoding\",{id},1,1";
    private static final String ML307_PLAIN = "AT+MIPCFG=\"ssl\",{id},0,0";

    /** src/ml307/ml307_tcp.cc of 78/esp-ml307 3.6.4. */
    static final SocketDialect ML307_TCP = ml307Stream(List.of(ML307_PLAIN, ML307_HEX));

    /** src/ml307/ml307_ssl.cc, which differs in how it is set up only. */
    static final SocketDialect ML307_SSL =
            ml307Stream(List.of("AT+MSSLCFG=\"auth\",0,0", "AT+MIPCFG=\"ssl\",{id},1,0", ML307_HEX));

    /** src/ml307/ml307_udp.cc: bytes go out raw and come in as hex; only a line of four arguments is heard. */
    static final SocketDialect ML307_UDP = new SocketDialect(
            "Ml307Udp",
            "UDP",
            List.of(),
            "AT+MIPSTATE={id}",
            "MIPSTATE",
            4,
            "INITIAL",
            true,
            List.of("AT+MIPCFG=\"encoding\",{id},0,1", ML307_PLAIN),
            "AT+MIPOPEN={id},\"UDP\",\"{host}\",{port},,0",
            "MIPOPEN",
            "AT+MIPSEND={id},{length}",
            false,
            Integer.MAX_VALUE,
            false,
            "MIPSEND",
            2,
            "AT+MIPCLOSE={id}",
            "",
            "MIPURC",
            "rudp",
            "disconn",
            4);

    private static final List<String> QUECTEL_LINES =
            List.of("AT+QICFG=\"close/mode\",1;+QICFG=\"viewmode\",1;+QICFG=\"sendinfo\",1;+QICFG=\"dataformat\",0,1");

    /** src/ec801e/ec801e_tcp.cc: what was opened has to be closed, also where the peer closed it. */
    static final SocketDialect EC801E_TCP =
            quectel("Ec801ETcp", "TCP", QUECTEL_LINES, "QI", "AT+QIOPEN=1,{id},\"TCP\",");

    /** src/ec801e/ec801e_udp.cc. */
    static final SocketDialect EC801E_UDP =
            quectel("Ec801EUdp", "UDP", QUECTEL_LINES, "QI", "AT+QIOPEN=1,{id},\"UDP\",");

    /** src/ec801e/ec801e_ssl.cc: commands of their own, whose sends are confirmed by the line of TCP. */
    static final SocketDialect EC801E_SSL = quectel(
            "Ec801ESsl",
            "TCP",
            List.of(
                    QUECTEL_LINES.get(0),
                    "AT+QSSLCFG=\"sslversion\",1,4;+QSSLCFG=\"ciphersuite\",1,0xFFFF;+QSSLCFG=\"seclevel\",1,0"),
            "QSSL",
            "AT+QSSLOPEN=1,1,{id},");

    private static SocketDialect quectel(String tag, String kind, List<String> first, String family, String open) {
        return new SocketDialect(
                tag,
                kind,
                first,
                "AT+" + family + "STATE=1,{id}",
                family + "STATE",
                5,
                "",
                false,
                List.of(),
                open + "\"{host}\",{port}," + (family.equals("QI") ? "0,1" : "1"),
                family + "OPEN",
                "AT+" + family + "SEND={id},{length}",
                false,
                1460,
                true,
                "QISEND",
                3,
                "AT+" + family + "CLOSE={id}",
                family.equals("QI") ? "" : "QSSLCLOSE",
                family + "URC",
                "recv",
                "closed",
                2);
    }

    /** Whether up to 3.6 the console has the number of a command to open that was refused. */
    boolean tellsNumber() {
        return tag.equals("Ml307Tcp");
    }

    boolean isDatagram() {
        return kind.equals("UDP");
    }

    private static SocketDialect ml307Stream(List<String> setUp) {
        return new SocketDialect(
                "Ml307Tcp",
                "TCP",
                List.of(),
                "AT+MIPSTATE={id}",
                "MIPSTATE",
                4,
                "INITIAL",
                true,
                setUp,
                "AT+MIPOPEN={id},\"TCP\",\"{host}\",{port},,0",
                "MIPOPEN",
                "AT+MIPSEND={id},{length},",
                true,
                ML307_CHUNK_BYTES,
                true,
                "MIPSEND",
                2,
                "AT+MIPCLOSE={id}",
                "MIPCLOSE",
                "MIPURC",
                "rtcp",
                "disconn",
                3);
    }

    /**
     * The dialects of one modem.
     *
     * @param speaksHttp whether its own HTTP client is used, and not the library's over a socket
     */
    record Family(
            SocketDialect tcp,
            SocketDialect tls,
            SocketDialect udp,
            MqttDialect mqtt,
            List<String> greeting,
            boolean asksForAddress,
            boolean speaksHttp) {

        /** As AtModem::Detect chooses by the answer to AT+CGMR; what it does not know is taken for an ML307. */
        static Family of(String module) {
            return module.startsWith("EC801E") || module.startsWith("NT26K") ? EC801E : ML307;
        }
    }

    private static final Family ML307 = new Family(
            ML307_TCP,
            ML307_SSL,
            ML307_UDP,
            MqttDialect.ML307,
            List.of("AT+MHTTPDEL=0", "AT+MHTTPDEL=1", "AT+MHTTPDEL=2", "AT+MHTTPDEL=3"),
            true,
            true);

    private static final Family EC801E = new Family(
            EC801E_TCP,
            EC801E_SSL,
            EC801E_UDP,
            MqttDialect.EC801E,
            List.of("ATE0", "AT+QURCCFG=\"urcport\",\"uart1\""),
            false,
            false);
}
