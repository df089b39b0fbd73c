package io.fieldloop.device.modem;

import io.fieldloop.device.modem.grammar.ModemKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A modem that the firmware has to set up after power-up.
 *
 * @param baud the speed the firmware asks for
 * @param powerUpBaud the modem's own after power-up
 * @param settings what differs from its kind's settings, such as {@code sim}
 * @param registration what it goes through after power-up; it stays in the last
 */
public record ModemSettings(
        ModemKind kind,
        int baud,
        int powerUpBaud,
        Map<String, String> settings,
        List<Registration> registration,
        List<ModemFault> faults) {

    /**
     * A state of registration and how long it lasts.
     *
     * @param stat the number in {@code +CEREG}: 0 off, 1 home, 2 searching, 3 denied, 4 unknown, 5 roaming (3GPP TS 27.007, 10.1.22)
     */
    public record Registration(int stat, Duration lasting) {}

    /** What boards of xiaozhi-esp32 give {@code AtModem::Detect}. */
    public static final int BAUD = 921_600;

    /** What boards of xiaozhi-esp32 give {@code UartEthModem}, and such a modem has at power-up. */
    public static final int ETHERNET_BAUD = 3_000_000;

    private static final int POWER_UP_BAUD = 115_200;

    /** The speed a modem of that kind has at power-up. */
    public static int powerUpBaud(ModemKind kind) {
        return kind.isEthernet() ? ETHERNET_BAUD : POWER_UP_BAUD;
    }

    /** Ready to be used, as behind a firmware that set it up before. */
    public static ModemSettings readyBefore(ModemKind kind) {
        return new ModemSettings(kind, BAUD, BAUD, Map.of(), List.of(), List.of());
    }
}
