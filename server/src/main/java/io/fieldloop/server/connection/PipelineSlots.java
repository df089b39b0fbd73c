package io.fieldloop.server.connection;

/** The places in a connection's pipeline, from the wire inwards. */
public final class PipelineSlots {
    /** Finds out whether a trusted front begins with a PROXY protocol header. */
    public static final String PROXY_PROTOCOL = "proxy-protocol";

    public static final String PROXY_HEADER = "proxy-header";
    public static final String PROXY_SOURCE = "proxy-source";
    /** Looks at the first bytes on a TLS port, before the engine does. */
    public static final String WIRE_FIRST_BYTES = "wire-first-bytes";

    public static final String TLS = "tls";
    /** Looks at the first bytes of what will be HTTP or MQTT, on a plain port or inside TLS. */
    public static final String FIRST_BYTES = "first-bytes";

    public static final String HTTP_DECODER = "http-decoder";
    public static final String UPGRADE = "upgrade";
    public static final String OTA = "ota";
    public static final String FRAME_DECODER = "frame-decoder";
    public static final String FRAME_ENCODER = "frame-encoder";
    public static final String UTF8_CHECK = "utf8-check";
    public static final String MESSAGE_AGGREGATOR = "message-aggregator";
    public static final String SESSION = "session";

    public static final String MQTT_DECODER = "mqtt-decoder";
    public static final String MQTT_ENCODER = "mqtt-encoder";

    /** Gives each MQTT packet to who handles its kind. */
    public static final String MQTT = "mqtt";

    /** Takes the datagrams of a voice port. */
    public static final String VOICE = "voice";
    /** Where every exception ends that no handler knew. */
    public static final String LAST_RESORT = "last-resort";

    private PipelineSlots() {}
}
