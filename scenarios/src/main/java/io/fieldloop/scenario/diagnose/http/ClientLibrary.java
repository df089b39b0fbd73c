package io.fieldloop.scenario.diagnose.http;

import io.fieldloop.device.profile.Dialect;
import java.util.List;

/** Tells by its upgrade request which library a client uses: each writes its headers in an order of its own. */
public final class ClientLibrary {
    private static final String ESP_IDF = "ESP32 Websocket Client";

    private ClientLibrary() {}

    /** {@link Dialect#RFC_6455} for all that are no firmware. */
    public static Dialect of(Head request) {
        if (request.value("User-Agent").filter(ESP_IDF::equals).isPresent()) {
            return Dialect.ESP_IDF;
        }
        List<String> names = request.names();
        boolean hostFirst = !names.isEmpty() && names.get(0).equals("Host");
        List<String> rest = hostFirst ? names.subList(1, names.size()) : names;
        // A std::map, hence sorted (protocol reference 1.2).
        boolean sorted = rest.equals(rest.stream().sorted().toList());
        return hostFirst && sorted && rest.size() > 1 ? Dialect.XIAOZHI_WIFI : Dialect.RFC_6455;
    }
}
