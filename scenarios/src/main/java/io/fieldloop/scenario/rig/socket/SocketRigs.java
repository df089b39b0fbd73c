package io.fieldloop.scenario.rig.socket;

import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rigs of real sockets.
 *
 * @param front what stands before the gateway in place of what each scenario says, or null
 * @param options the words of a command line that make the same rigs again
 */
public record SocketRigs(boolean captures, @Nullable FrontChoice front, List<String> options) implements RigFactory {
    /** Socket scenarios mostly wait; more at once would measure each other's load. */
    private static final int AT_ONCE = 8;

    /** Rigs that capture nothing, with the fronts that the scenarios ask for. */
    public static RigFactory factory() {
        return new SocketRigs(false, null, List.of("--rig", RigKind.SOCKET.wireName()));
    }

    /** The same with one front before every gateway; {@code words} are those that ask for it on a command line. */
    public static RigFactory behind(FrontChoice front, List<String> words) {
        List<String> options = new ArrayList<>(List.of("--rig", RigKind.SOCKET.wireName()));
        options.addAll(words);
        return new SocketRigs(false, front, List.copyOf(options));
    }

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
