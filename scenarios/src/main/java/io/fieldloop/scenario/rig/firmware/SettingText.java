package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.scenario.rig.RigException;
import java.net.URI;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills a device's own settings into a scenario's text for firmware, such as <code>mqtt://{mqtt-endpoint}</code>.
 *
 * <p>Where the gateway is turns out when a case runs, and firmware has its own places and forms for that: one address, or host and port.
 */
final class SettingText {
    private static final Pattern NAME = Pattern.compile("\\{([a-z]+(?:-[a-z]+)*)(?::(host|port))?}");

    private SettingText() {}

    /**
     * The text with values in place of names; other braces stay.
     *
     * @param words the device's settings by the reference firmware's names
     */
    static String filled(String text, Map<String, String> words) {
        return NAME.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, words)));
    }

    private static String value(MatchResult found, Map<String, String> words) {
        String whole = words.get(found.group(1));
        if (whole == null) {
            throw new RigException("The scenario's text for firmware names " + found.group()
                    + ", which the device does not have; it has " + String.join(", ", words.keySet())
                    + ". Those of MQTT and OTA come with `mqtt: {}` and `ota: {}` at the device.");
        }
        if (found.group(2) == null) {
            return whole;
        }
        URI address = URI.create(whole.contains("://") ? whole : "mqtt://" + whole);
        return found.group(2).equals("host") ? address.getHost() : Integer.toString(port(address));
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return switch (address.getScheme()) {
            case "ws", "http" -> 80;
            case "mqtt" -> 8883; // an endpoint without a port, as xiaozhi-esp32 reads it
            default -> 443;
        };
    }
}
