package io.fieldloop.device.attempt;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.Dialect;

/**
 * What the layers below every transport print of a connection that did not come up, with their codes (protocol reference 5.1 to 5.3).
 * What the transport's own client adds is its own.
 */
public final class FailureReporter {

    private static final String MODEM = "Ml307Tcp";

    private FailureReporter() {}

    /** Adds the lines and the code; returns the error number that the client above gets. */
    public static int addConnect(Dialect dialect, FailureReport.Builder report, AttemptFault fault) {
        return switch (dialect) {
            case XIAOZHI_WIFI -> addWifi(report, fault);
            case XIAOZHI_MODEM -> addModem(report, fault);
            case ESP_IDF, RFC_6455 -> addIdf(report, fault);
        };
    }

    /**
     * Whether the client takes the connection for open, and only its first send finds that there is none: Ml307Tcp::Connect takes "no
     * event within 10 s" for success.
     */
    public static boolean isTakenForOpen(Dialect dialect, AttemptFault fault) {
        return dialect == Dialect.XIAOZHI_MODEM
                && (fault.reason() == FailureReason.TCP_TIMEOUT || fault.reason() == FailureReason.TLS_TIMEOUT);
    }

    /** Adds what the application shows its user. */
    public static void addAlert(FailureReport.Builder report, String message) {
        report.line(LogLevel.WARN, "Application", "Alert [circle_xmark] Error: " + message);
    }

    private static int addWifi(FailureReport.Builder report, AttemptFault fault) {
        if (fault.overTls()) {
            int code = EspTlsLines.add(report, fault);
            report.error("EspSsl", failedToConnect(fault, code));
            return code;
        }
        if (fault.reason() == FailureReason.DNS_FAILURE) {
            report.code("0").error("EspTcp", "Failed to get host by name").telling();
            return 0;
        }
        int code = Errno.of(fault.reason());
        report.code(EspTlsLines.hex(code))
                .error("EspTcp", failedToConnect(fault, code))
                .telling();
        return code;
    }

    /** The modem resolves, connects and does TLS behind one command, so one error number is all the device ever sees. */
    private static int addModem(FailureReport.Builder report, AttemptFault fault) {
        if (isTakenForOpen(Dialect.XIAOZHI_MODEM, fault)) {
            report.error(MODEM, "Not connected").code("0");
            return 0;
        }
        OpenRefused refused = fault.modem();
        int error = refused == null ? modemsOwn(fault) : refused.number();
        report.code(Integer.toString(error));
        if (refused == null) {
            report.error(MODEM, "Failed to connect to " + fault.endpoint()).telling();
        } else {
            report.told(refused.line());
        }
        return error;
    }

    /** The numbers of the HTTP and MQTT clients inside the modem, protocol reference 4.7. */
    private static int modemsOwn(AttemptFault fault) {
        return fault.reason() == FailureReason.DNS_FAILURE ? 1 : fault.phase() == Phase.TLS ? 4 : 2;
    }

    private static int addIdf(FailureReport.Builder report, AttemptFault fault) {
        int error = EspTlsLines.add(report, fault);
        report.error("transport_base", "Failed to open a new connection: " + error);
        return error;
    }

    private static String failedToConnect(AttemptFault fault, int code) {
        return "Failed to connect to " + fault.endpoint() + ", code=" + EspTlsLines.hex(code);
    }
}
