package io.fieldloop.server.ota;

import io.fieldloop.server.FrozenGateway;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.netty.channel.local.LocalAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a device asks, as text, and gateways with an OTA listener to ask it. */
final class OtaRequests {
    static final String DEVICE = "10:ff:e0:b3:35:76";
    static final String BODY = "{\"mac_address\":\"" + DEVICE
            + "\",\"application\":{\"version\":\"1.0.0\"},\"board\":{\"type\":\"bread-compact-wifi\"}}";

    private OtaRequests() {}

    static FrozenGateway gateway(Stance stance, UnaryOperator<OtaConfig.Builder> more, FaultAction... faults) {
        OtaConfig ota = more.apply(OtaConfig.builder().websocketUrls(List.of("ws://{host}:8000/xiaozhi/v1/")))
                .build();
        return new FrozenGateway(config -> {
            config.stance(stance)
                    .listener(ListenerConfig.ota("ota", new LocalAddress("ota")))
                    .ota(ota);
            for (FaultAction fault : faults) {
                config.fault(Fault.always(fault));
            }
            return config;
        });
    }

    static String ask(FrozenGateway gateway, String request) {
        FrozenGateway.Client client = gateway.connect().send(request);
        return client.text();
    }

    static String check(FrozenGateway gateway) {
        return ask(gateway, post("/xiaozhi/ota/", BODY));
    }

    static String post(String path, String body, String... headers) {
        return request("POST", path, body, headers);
    }

    static String get(String path, String... headers) {
        return request("GET", path, "", headers);
    }

    /** Headers given replace those of the same name; one without a value is left out. */
    static String request(String method, String path, String body, String... headers) {
        List<String> given = List.of(headers);
        StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        for (String own : List.of(
                "Host: ota.test:8002",
                "Device-Id: " + DEVICE,
                "Client-Id: client-1",
                "Content-Type: application/json")) {
            String name = own.substring(0, own.indexOf(':') + 1);
            if (given.stream().noneMatch(header -> header.startsWith(name))) {
                text.append(own).append("\r\n");
            }
        }
        given.stream()
                .filter(header -> !header.endsWith(":"))
                .forEach(header -> text.append(header).append("\r\n"));
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return text + (length == 0 ? "" : "Content-Length: " + length + "\r\n") + "\r\n" + body;
    }

    static String bodyOf(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
