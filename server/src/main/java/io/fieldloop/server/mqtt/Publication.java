package io.fieldloop.server.mqtt;

/** What is published; all receivers share the payload, which is not to be written to. */
final class Publication {
    private final String topic;
    private final byte[] payload;
    private final int qos;
    private final boolean retain;

    /** @param retain whether it was published to be kept */
    Publication(String topic, byte[] payload, int qos, boolean retain) {
        this.topic = topic;
        this.payload = payload;
        this.qos = qos;
        this.retain = retain;
    }

    String topic() {
        return topic;
    }

    byte[] payload() {
        return payload;
    }

    int qos() {
        return qos;
    }

    boolean retain() {
        return retain;
    }
}
