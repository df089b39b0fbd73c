package io.fieldloop.server.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.WireNames;
import io.netty.util.NetUtil;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A refusal as JSON: the same object on the admin listener and in a file for a firewall or a SIEM. */
public final class RefusalJson {
    private RefusalJson() {}

    /** The record of one refusal. */
    public static ObjectNode of(Refusal refusal) {
        ObjectNode record = JsonNodeFactory.instance
                .objectNode()
                .put("at", refusal.at().toString())
                .put("class", refusal.refusalClass().wireName());
        for (Map.Entry<String, Object> attribute : WireNames.attributes(refusal).entrySet()) {
            if (attribute.getValue() instanceof Duration duration) {
                record.put(
                        attribute.getKey() + "-seconds",
                        BigDecimal.valueOf(duration.toNanos(), 9).doubleValue());
            } else if (attribute.getValue() instanceof String text) {
                record.put(attribute.getKey(), text);
            } else {
                record.putPOJO(attribute.getKey(), attribute.getValue());
            }
        }
        return record.put("explanation", refusal.reason().explanation());
    }

    /** What stands for the refusals of one source and class that were too many for a record each. */
    public static ObjectNode of(GatewayEvent.RefusalsSummarised summary, Instant at) {
        ObjectNode record = JsonNodeFactory.instance
                .objectNode()
                .put("at", at.toString())
                .put("class", summary.refusalClass().wireName());
        if (summary.source() != null) {
            record.put("source", NetUtil.toAddressString(summary.source()));
        }
        return record.put("count", summary.repeats());
    }
}
