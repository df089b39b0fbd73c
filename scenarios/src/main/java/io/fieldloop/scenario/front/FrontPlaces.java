package io.fieldloop.scenario.front;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands for the marks of a configuration.
 *
 * @param address where it listens
 * @param ws its port for ws:// URLs
 * @param wss its port for wss:// URLs
 * @param gateway the gateway's plain port, as host:port
 * @param gatewayWss the gateway's TLS port, as host:port
 * @param admin where it is administered, {@code off} for nowhere
 * @param certificate the file with the chain, leaf first
 * @param key the file with its key
 * @param pem the file with both
 */
public record FrontPlaces(
        String address,
        int ws,
        int wss,
        String gateway,
        String gatewayWss,
        String host,
        String admin,
        String certificate,
        String key,
        String pem) {
    private static final String LIVE = "/etc/letsencrypt/live/";

    /** Those of a machine that serves the whole internet, as the documentation shows them. */
    public static FrontPlaces documented(String host, String gateway) {
        return new FrontPlaces(
                "0.0.0.0",
                80,
                443,
                gateway,
                "127.0.0.1:8443",
                host,
                "localhost:2019",
                LIVE + host + "/fullchain.pem",
                LIVE + host + "/privkey.pem",
                "/etc/haproxy/" + host + ".pem");
    }

    /** The text with all marks filled in. */
    public String fill(String text) {
        String filled = text;
        for (Map.Entry<String, String> mark : marks().entrySet()) {
            filled = filled.replace("@" + mark.getKey() + "@", mark.getValue());
        }
        return filled;
    }

    private Map<String, String> marks() {
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put("address", address);
        marks.put("ws", String.valueOf(ws));
        marks.put("wss", String.valueOf(wss));
        put(marks, "gateway", gateway);
        put(marks, "gateway-wss", gatewayWss);
        marks.put("host", host);
        marks.put("admin", admin);
        marks.put("certificate", certificate);
        marks.put("key", key);
        marks.put("pem", pem);
        return marks;
    }

    private static void put(Map<String, String> marks, String name, String place) {
        int colon = place.lastIndexOf(':');
        marks.put(name, place);
        marks.put(name + "-host", place.substring(0, colon));
        marks.put(name + "-port", place.substring(colon + 1));
    }

    /** The same with the files of a certificate in this folder. */
    FrontPlaces withCertificateIn(Path folder) {
        return new FrontPlaces(
                address,
                ws,
                wss,
                gateway,
                gatewayWss,
                host,
                admin,
                folder.resolve("chain.pem").toString(),
                folder.resolve("key.pem").toString(),
                folder.resolve("both.pem").toString());
    }
}
