package io.fieldloop.scenario.rig.socket;

import io.fieldloop.device.tls.crypto.SharedArithmetic;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigException;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** What all rigs with real sockets have in common: they stand on a {@link LoopbackStage}, whose loop and clock are theirs. */
public abstract class LoopbackRig implements Rig {
    protected final LoopbackStage stage = new LoopbackStage();
    private final SharedArithmetic arithmetic = SharedArithmetic.none();

    @Override
    public final EventLoop loop() {
        return stage.loop();
    }

    @Override
    public final long nanosSinceStart() {
        return stage.nanosSinceStart();
    }

    @Override
    public final InstantSource clock() {
        return stage.clock();
    }

    @Override
    public final void onBroken(Consumer<RigException> listener) {
        stage.onBroken(listener);
    }

    @Override
    public void storyBegins() {
        stage.measureLag();
    }

    @Override
    public final Duration worstLag() {
        return stage.worstLag();
    }

    @Override
    public final SharedArithmetic arithmetic() {
        return arithmetic;
    }

    @Override
    public final SecureRandom secureRandom(String purpose) {
        return stage.random();
    }
}
