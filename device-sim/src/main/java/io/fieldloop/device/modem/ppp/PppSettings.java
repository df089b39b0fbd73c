package io.fieldloop.device.modem.ppp;

import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What the network's end of a PPP session gives and asks for.
 *
 * @param device the address it gives the device; all addresses dotted
 * @param gateway its own
 * @param dns the name server it names, also for the second one
 * @param user who may come in, with {@code password}, where it asks
 */
public record PppSettings(String device, String gateway, String dns, Asks asks, String user, String password) {

    /** How it wants to know who comes. */
    public enum Asks {
        NONE,
        PAP,
        CHAP
    }

    /** From settings by name, as a modem's grammar has them; an unknown way to ask is none. */
    public static PppSettings of(UnaryOperator<String> settings) {
        String wanted = settings.apply("ppp-auth").toUpperCase(Locale.ROOT);
        Asks asks = Asks.NONE;
        for (Asks one : Asks.values()) {
            asks = one.name().equals(wanted) ? one : asks;
        }
        return new PppSettings(
                settings.apply("ip"),
                settings.apply("gateway"),
                settings.apply("dns"),
                asks,
                settings.apply("ppp-user"),
                settings.apply("ppp-password"));
    }

    static String bytesOf(String dotted) {
        StringBuilder bytes = new StringBuilder();
        for (String part : dotted.split("\\.", -1)) {
            bytes.append((char) (Integer.parseInt(part) & 0xff));
        }
        return bytes.toString();
    }
}
