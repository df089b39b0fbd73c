package io.fieldloop.scenario.probe;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.DeviceRuntime;
import io.fieldloop.device.Dialer;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.scenario.probe.finding.ProfileVerdict;
import io.fieldloop.scenario.probe.wire.Connector;
import io.fieldloop.scenario.rig.FailedDial;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One device of each wanted kind, trying the server while other things are examined. */
final class ProfileTrials implements AutoCloseable {
    private final ExamineSettings settings;
    private final Connector connector;
    private final InstantSource clock;
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("fieldloop-examine-device", true), NioIoHandler.newFactory());
    private final List<ProfileTrial> trials = new ArrayList<>();

    ProfileTrials(ExamineSettings settings, Connector connector, InstantSource clock) {
        this.settings = settings;
        this.connector = connector;
        this.clock = clock;
    }

    /** Lets them begin, one after the other; does not wait for the outcomes. */
    void begin() {
        DeviceRuntime runtime = new DeviceRuntime(loops.next(), dialer(), connector.random(), clock);
        for (String name : settings.profiles()) {
            ProfileTrial trial = new ProfileTrial(config(name), runtime);
            connector.awaitTurn();
            trial.begin();
            trials.add(trial);
        }
    }

    private DeviceConfig config(String profile) {
        return DeviceConfig.of(
                        profile, DeviceProfile.named(profile), settings.url().forDevices())
                .withIds(settings.identity().deviceId(), settings.identity().clientId())
                .withToken(settings.identity().token())
                .withTrustAnchors(settings.roots().certificates());
    }

    /** Leads the one host there is to the one address that is examined. */
    private Dialer dialer() {
        return (loop, host, port, pipeline) -> host.equals(settings.url().host())
                ? new Bootstrap()
                        .group(loop)
                        .channel(NioSocketChannel.class)
                        .handler(pipeline)
                        .connect(connector.address(), port)
                : FailedDial.unknownHost(loop, host);
    }

    /** Waits for every outcome. */
    List<ProfileVerdict> verdicts(VerdictReason because) {
        return trials.stream().map(trial -> trial.verdict(because)).toList();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
