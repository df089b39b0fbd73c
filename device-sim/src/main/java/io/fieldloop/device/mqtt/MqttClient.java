package io.fieldloop.device.mqtt;

import io.fieldloop.device.attempt.AttemptFault;
import io.fieldloop.device.attempt.Endpoint;
import io.fieldloop.device.attempt.FailureReport;
import io.fieldloop.device.attempt.Opening;
import io.fieldloop.device.attempt.TransportClient;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.profile.PhaseLimits;
import io.fieldloop.device.record.RecordCopy;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The device's MQTT client during one attempt to connect: where it goes, its CONNECT, and what it says of failures. */
final class MqttClient implements TransportClient {

    /** MQTT_NETWORK_TIMEOUT_MS of esp-mqtt. */
    private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(10);

    private final DeviceContext context;
    private final MqttSettings settings;
    private @Nullable MqttConnection connection;
    private NetworkError error = NetworkError.TIMEOUT;

    MqttClient(DeviceContext context, MqttSettings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** What went wrong, as far as is known by now. */
    NetworkError error() {
        return error;
    }

    /** The connection, once it is let in. */
    MqttConnection connection() {
        return Objects.requireNonNull(connection);
    }

    @Override
    public void announce() {}

    @Override
    public @Nullable Endpoint endpoint() {
        return settings.place();
    }

    @Override
    public PhaseLimits limits() {
        PhaseLimits usual = context.profile().limits();
        return RecordCopy.with(RecordCopy.with(usual, "plainConnect", NETWORK_TIMEOUT), "openAnswer", NETWORK_TIMEOUT);
    }

    @Override
    public void addTo(ChannelPipeline pipeline, Opening opening) {
        connection = new MqttConnection(context, settings, pipeline.channel(), opening);
        pipeline.addLast("mqtt", new MqttDecoder());
        pipeline.addLast("connection", connection);
    }

    @Override
    public Phase phase() {
        return Phase.MQTT;
    }

    @Override
    public void open() {
        connection().connect();
    }

    @Override
    public String hello() {
        throw new IllegalStateException("A connection to a broker is opened without a hello.");
    }

    @Override
    public String redirected(String location) {
        throw new IllegalStateException("MQTT 3.1.1 knows no redirect.");
    }

    @Override
    public boolean noticesLoss() {
        return true;
    }

    @Override
    public void silence() {
        if (connection != null) {
            connection.silence();
        }
    }

    @Override
    public FailureReport report(AttemptFault fault) {
        FailureReport.Builder report = FailureReport.builder();
        if (fault.reason() != FailureReason.INVALID_URL) {
            error = MqttFailures.add(context.profile().dialect(), report, fault);
        }
        return report.build();
    }
}
