package io.fieldloop.scenario.probe;

import io.fieldloop.device.Device;
import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.DeviceRuntime;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceListener;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.scenario.probe.finding.ProfileVerdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One simulated device that really tries to open its channel on the server. */
final class ProfileTrial implements DeviceListener {
    private final DeviceProfile profile;
    private final Device device;
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private volatile @Nullable String tls;
    private final CompletableFuture<ConnectOutcome> outcome = new CompletableFuture<>();

    ProfileTrial(DeviceConfig config, DeviceRuntime runtime) {
        this.profile = config.profile();
        this.device = new Device(config, runtime, this);
    }

    /** The user presses the button; the channel is dropped again once it is open. */
    void begin() {
        device.openChannel().thenAccept(ended -> {
            device.closeChannel();
            outcome.complete(ended);
        });
    }

    @Override
    public void onEvent(DeviceEvent event) {
        if (event instanceof DeviceEvent.TlsEstablished established) {
            tls = established.version() + " " + established.suite();
        } else if (event instanceof DeviceEvent.Log log && log.level() == LogLevel.ERROR && !outcome.isDone()) {
            errors.add(log.line());
        }
    }

    /** Waits for the end; every profile has limits of its own, so that there is one. */
    ProfileVerdict verdict(VerdictReason because) {
        ConnectOutcome ended = outcome.join();
        ConnectOutcome.Failed failed = ended instanceof ConnectOutcome.Failed failure ? failure : null;
        return new ProfileVerdict(
                profile.name(),
                profile.purpose(),
                failed == null,
                ended.elapsed(),
                tls,
                failed == null ? null : failed.reason().wireName(),
                failed == null ? null : failed.phase().wireName(),
                failed == null ? null : because.of(failed, profile),
                failed == null ? null : failed.code(),
                failed == null ? List.of() : List.copyOf(errors));
    }
}
