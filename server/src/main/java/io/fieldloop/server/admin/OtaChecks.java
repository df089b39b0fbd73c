package io.fieldloop.server.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.event.GatewayEvent;
import java.util.ArrayDeque;
import java.util.Deque;

/** The latest OTA checks, newest first. */
final class OtaChecks {
    private static final int KEPT = 200;

    private final Deque<GatewayEvent.OtaAnswered> latest = new ArrayDeque<>();

    synchronized void add(GatewayEvent.OtaAnswered check) {
        latest.addFirst(check);
        if (latest.size() > KEPT) {
            latest.removeLast();
        }
    }

    synchronized ObjectNode json() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode checks = all.putArray("checks");
        for (GatewayEvent.OtaAnswered check : latest) {
            ObjectNode one = checks.addObject();
            one.put("connection", check.connection().ordinal());
            check.attributes().forEach(one::putPOJO);
        }
        return all;
    }
}
