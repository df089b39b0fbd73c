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
}
