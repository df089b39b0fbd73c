package io.fieldloop.device.modem.driver;

import io.fieldloop.device.modem.driver.AtRequest.AtResult;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What the board tells of its modem in a check (GetBoardJson of main/boards/common/ml307_board.cc): asked each time, and written into JSON as
 * the lines have it.
 *
 * <p>So a name with a comma is cut, and one with a quote makes no JSON.
 */
final class ModemWords implements AtUart.Listener {

    private static final Duration COMMAND = Duration.ofSeconds(1);
    private static final Duration SIGNAL = Duration.ofMillis(100);

    private final AtUart uart;
    private String revision = "";
    private String carrier = "";
    private String imei = "";
    private String iccid = "";
    private String registration = "\"stat\":0";
    private int signal = -1;

    ModemWords(AtUart uart) {
        this.uart = uart;
    }

    /** Asks, and tells the members of a JSON object. */
    void ask(Consumer<String> told) {
        uart.listen(this);
        if (revision.isEmpty()) {
            uart.send(new AtRequest(
                    "AT+CGMR", COMMAND, null, result -> revision = result == AtResult.OK ? uart.response() : ""));
        }
        send("AT+COPS?", COMMAND);
        send("AT+CSQ", SIGNAL);
        if (imei.isEmpty()) {
            send("AT+CGSN=1", COMMAND);
        }
        send("AT+ICCID", COMMAND);
        uart.send(new AtRequest("AT+CEREG?", COMMAND, null, result -> {
            uart.forget(this);
            told.accept(json());
        }));
    }

    private void send(String command, Duration limit) {
        uart.send(new AtRequest(command, limit, null, result -> {}));
    }

    @Override
    public void heard(String name, AtArguments arguments) {
        int count = arguments.count();
        switch (name) {
            case "CGSN" -> imei = count > 0 ? arguments.text(0) : imei;
            case "ICCID" -> iccid = count > 0 ? arguments.text(0) : iccid;
            case "COPS" -> carrier = count > 3 ? arguments.text(2) : carrier;
            case "CSQ" -> signal = count > 0 ? arguments.number(0) : signal;
            case "CEREG" -> registration = count > 1 ? registration(arguments) : "\"stat\":0";
            default -> {}
        }
    }

    private static String registration(AtArguments arguments) {
        int stat = arguments.isNumber(1) ? 1 : 0;
        return "\"stat\":" + arguments.number(stat)
                + member(arguments, stat + 1, "tac")
                + member(arguments, stat + 2, "ci")
                + (arguments.count() > stat + 3 ? ",\"AcT\":" + arguments.number(stat + 3) : "");
    }

    private static String member(AtArguments arguments, int index, String name) {
        return arguments.count() > index ? ",\"" + name + "\":\"" + arguments.text(index) + "\"" : "";
    }

    private String json() {
        return "\"revision\":\"" + revision + "\",\"carrier\":\"" + carrier + "\",\"csq\":\"" + signal
                + "\",\"imei\":\"" + imei + "\",\"iccid\":\"" + iccid + "\",\"cereg\":{" + registration + "}";
    }
}
