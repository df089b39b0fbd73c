package io.fieldloop.scenario.suite;

import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.rig.socket.ResourceShortage;
import io.fieldloop.scenario.rig.socket.SocketRigs;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Runs one conversation before the measured ones, so that the JVM has compiled the code.
 *
 * <p>The first TLS handshake of a JVM takes a second or two of class loading, which on a real clock would be measured as
 * the link's or the gateway's. A shortage of file descriptors can only be told by classes that are loaded before it.
 */
public final class WarmUp {
    private static final String CONVERSATION = """
            scenario: A conversation before the first scenario
            devices:
              tls: {}
              plain: { url: "ws://gateway.test:8000/xiaozhi/v1/" }
            steps: [{ connect: all }, { talk: { devices: all, speech: 200ms } }]
            expect: [{ device: all, is: talked }]
            """;

    private WarmUp() {}

    /** Blocks until the conversation is over. */
    public static void run() {
        ResourceShortage.in(new IOException("none"));
        if (new ScenarioLoader().load("warm-up", CONVERSATION) instanceof LoadResult.Ready ready) {
            SuiteCase conversation =
                    new SuiteCase("warm-up", "warm-up", ready.cases().get(0));
            new CaseRunner(SocketRigs.factory(), null, () -> 0).run(conversation, Path.of("."), entry -> {});
        }
    }
}
