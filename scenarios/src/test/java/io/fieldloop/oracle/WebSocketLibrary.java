package io.fieldloop.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Somebody else's WebSocket implementation, behind the two small scripts that make it a client and a server for a test. */
interface WebSocketLibrary {
    /** The script's file, which also says what the library is called. */
    String script(String role);

    /** The interpreter, by the command that starts it. */
    String interpreter();

    Map<String, String> environment();

    /** A statement of its language that fails where the library is missing. */
    List<String> check();

    /** What to install. */
    String packages();

    /** Skips the test where the library is missing. */
    default void assumeInstalled() {
        List<String> command = new ArrayList<>(List.of(interpreter()));
        command.addAll(check());
        assumeTrue(
                OutsideProgram.works(command, environment()),
                this + " is not on this machine (apt-get install " + packages() + ")");
    }

    default OutsideProgram start(String role, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(interpreter(), OutsideProgram.resource(script(role)).toString()));
        command.addAll(List.of(arguments));
        return OutsideProgram.start(command, environment());
    }
}
