package io.fieldloop.scenario.junit;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.TurnOutcome;
import io.fieldloop.device.link.LinkControl;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.LinkProfiles;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.scenario.adversary.TargetPolicy;
import io.fieldloop.scenario.rig.DeviceSetup;
import io.fieldloop.scenario.rig.FieldDevice;
import io.fieldloop.scenario.rig.against.AgainstRig;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A simulated ESP32 with a link of its own, for servers of one's own.
 *
 * <p>Lanes {@code device} and {@code link} of the journal, under its name; its packets are captured. A device has time limits of its own, so
 * that every call here ends.
 */
public final class SimDevice implements FieldPart {
    /** Longer than the longest a device of any profile waits. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final DeviceProfile profile;
    private String name = "device";
    private LinkProfile link = LinkProfile.NONE;
    private UnaryOperator<DeviceConfig> settings = UnaryOperator.identity();
    private Supplier<String> server = () -> {
        throw new IllegalStateException("The device knows no server; say which with to().");
    };
    private Supplier<List<X509Certificate>> roots = List::of;
    private @Nullable AgainstRig rig;
    private @Nullable FieldDevice device;

    private SimDevice(DeviceProfile profile) {
        this.profile = profile;
    }

    /** A device of that profile, such as {@code xiaozhi-wifi}; device-sim/README.md lists them. */
    public static SimDevice of(String profile) {
        return new SimDevice(DeviceProfile.named(profile));
    }

    /** What the journal calls it, and what its Device-Id follows from. */
    public SimDevice named(String value) {
        name = value;
        return this;
    }

    /** A link of that preset; without, one that takes no time and loses nothing. */
    public SimDevice over(String preset) {
        link = LinkProfiles.named(preset);
        return this;
    }

    /** Its server's URL; asked for when the device starts. */
    public SimDevice to(Supplier<String> url) {
        server = url;
        return this;
    }

    /** That gateway is its server, and it trusts its certificate. */
    public SimDevice to(FieldGateway gateway) {
        return to(gateway::url).trusting(gateway::root);
    }

    /** What it trusts where it checks certificates; asked for when the device starts. */
    public SimDevice trusting(Supplier<X509Certificate> root) {
        roots = () -> List.of(root.get());
        return this;
    }

    /** Anything else a device can be told: token, headers, clock, what its user does when it drops off. */
    public SimDevice with(UnaryOperator<DeviceConfig> change) {
        settings = change;
        return this;
    }

    @Override
    public SimDevice start(FieldRun run) {
        ServerAddress far = ServerAddress.of(server.get());
        List<X509Certificate> trusted = roots.get();
        DeviceConfig config =
                settings.apply(DeviceConfig.of(name, profile, far.url()).withTrustAnchors(trusted));
        AgainstRig place =
                new AgainstRig(far.asGateway(trusted), TargetPolicy.LOOPBACK, LinkCaptures.in(run.evidence()));
        rig = place;
        device = place.device(new DeviceSetup(
                config,
                link,
                name.hashCode(),
                InetAddress.getLoopbackAddress(),
                run.wiring().deviceNamed(name),
                failure -> {}));
        join(device.powerOn());
        return this;
    }

    private FieldDevice started() {
        return Objects.requireNonNull(device, "The device has not been started; put @StartStop on its field.");
    }

    /** Its user wants to talk: how the attempt ended, from name resolution to the server's hello. */
    public ConnectOutcome open() {
        return (ConnectOutcome) join(started().open());
    }

    /** Its user speaks for so long and hears the reply. */
    public TurnOutcome talk(Duration speech) {
        return (TurnOutcome) join(started().talk(speech));
    }

    /** Drops its connection as the firmware does: TCP goes, no Close frame. */
    public void hangUp() {
        started().close();
    }

    /** Its link: outages, NAT, another preset. */
    public LinkControl link() {
        return started().link();
    }

    private static <T> T join(CompletableFuture<T> outcome) {
        return outcome.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        if (device != null) {
            device.remove();
        }
        if (rig != null) {
            rig.close();
        }
    }
}
