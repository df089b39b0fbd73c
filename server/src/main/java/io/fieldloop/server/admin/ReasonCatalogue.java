package io.fieldloop.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.event.RefusalAdvice;
import io.fieldloop.server.event.RefusalReason;

/** The closed vocabulary of refusals as JSON, with what to do about each. */
final class ReasonCatalogue {
    private ReasonCatalogue() {}

    static JsonNode json() {
        RefusalAdvice advice = RefusalAdvice.bundled();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (RefusalReason reason : RefusalReason.values()) {
            ObjectNode entry = all.addObject()
                    .put("reason", reason.wireName())
                    .put("class", reason.refusalClass().wireName());
            Integer status = reason.status();
            if (status != null) {
                entry.put("status", status);
            }
            entry.put("explanation", reason.explanation()).put("check", String.join(" ", advice.of(reason)));
            advice.of(reason).forEach(entry.putArray("checks")::add);
        }
        return all;
    }
}
