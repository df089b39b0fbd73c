package io.fieldloop.scenario.rig;

import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rigs of real sockets.
 *
 * @param front what stands before the gateway in place of what each scenario says, or null
 * @param options the words of a command line that make the same rigs again
 */
record SocketRigs(boolean captures, @Nullable FrontChoice front, List<String> options) implements RigFactory {
    /** Socket scenarios mostly wait; more at once would measure each other's load. */
    private static final int AT_ONCE = 8;

    @Override
    public RigKind kind() {
        return RigKind.SOCKET;
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public @Nullable String whyNot(Scenario scenario) {
        String otherRig = RigFactory.super.whyNot(scenario);
        if (otherRig == null && !scenario.names().isEmpty() && !LoopbackStage.hasIpv6()) {
            return "this machine has no IPv6 on its loopback";
        }
        FrontChoice wanted = scenario.front(front);
        return otherRig != null || wanted == null ? otherRig : wanted.front().missing();
    }

    @Override
    public RigFactory capturing() {
        return new SocketRigs(true, front, options);
    }

    @Override
    public Rig make(Scenario scenario, Seeds seeds, Path evidence) {
        return new SocketRig(
                captures ? LinkCaptures.in(evidence) : LinkCaptures.none(), scenario.front(front), scenario.names());
    }
}
