package io.fieldloop.scenario.adversary;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** One thing that happened to an adversary; attributes are ordered and hold String, Long, Double or Duration. */
public sealed interface AdversaryEvent {
    /** Kebab-case, such as {@code probe-ended}. */
    String kind();

    Map<String, Object> attributes();

    /** The first probe is about to leave; {@code probes} is how many the plan holds. */
    record AttackBegan(String probe, String listener, double ratePerSecond, long probes, long sources)
            implements AdversaryEvent {
        @Override
        public String kind() {
            return "attack-began";
        }

        @Override
        public Map<String, Object> attributes() {
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put("probe", probe);
            attributes.put("to", listener);
            attributes.put("rate", ratePerSecond);
            attributes.put("probes", probes);
            attributes.put("sources", sources);
            return attributes;
        }
    }

    /** A probe has sent its last byte, or as many as the gateway let it; {@code bytes} is what it sent. */
    record ProbeSent(String probe, InetAddress source, long bytes) implements AdversaryEvent {
        @Override
        public String kind() {
            return "probe-sent";
        }

        @Override
        public Map<String, Object> attributes() {
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put("probe", probe);
            attributes.put("source", source.getHostAddress());
            attributes.put("bytes", bytes);
            return attributes;
        }
    }

    /** A probe's connection is gone; elapsed since it was established. */
    record ProbeEnded(String probe, InetAddress source, String answer, ClosedBy closedBy, Duration elapsed)
            implements AdversaryEvent {
        @Override
        public String kind() {
            return "probe-ended";
        }

        @Override
        public Map<String, Object> attributes() {
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put("probe", probe);
            attributes.put("source", source.getHostAddress());
            attributes.put("answer", answer);
            attributes.put("closed-by", closedBy.wireName());
            attributes.put("elapsed", elapsed);
            return attributes;
        }
    }

    /** A probe never got a connection; {@code reason} is of the closed list in {@link ConnectFailure}. */
    record ConnectFailed(String probe, InetAddress source, ConnectFailure reason, String text)
            implements AdversaryEvent {
        @Override
        public String kind() {
            return "connect-failed";
        }

        @Override
        public Map<String, Object> attributes() {
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put("probe", probe);
            attributes.put("source", source.getHostAddress());
            attributes.put("reason", reason.wireName());
            attributes.put("text", text);
            return attributes;
        }
    }

    /** The last probe of the attack has ended. */
    record AttackEnded(String probe, AttackSummary summary) implements AdversaryEvent {
        @Override
        public String kind() {
            return "attack-ended";
        }

        @Override
        public Map<String, Object> attributes() {
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put("probe", probe);
            attributes.put("launched", summary.launched());
            attributes.put("sent", summary.sent());
            attributes.put("answered", summary.answered());
            attributes.put("connect-failed", summary.connectFailed());
            attributes.put("overstayed", summary.overstayed());
            attributes.put("withheld", summary.withheld());
            attributes.put("elapsed", summary.elapsed());
            return attributes;
        }
    }
}
