package io.fieldloop.scenario.cli.option;

import io.fieldloop.scenario.front.Front;
import io.fieldloop.scenario.front.FrontCatalogue;
import io.fieldloop.scenario.front.FrontChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which program is to stand in front of the gateway, whatever scenarios say. */
public final class FrontOptions {
    @Option(
            names = "--front",
            paramLabel = "PROGRAM",
            description =
                    "A program between links and gateway, such as nginx; in the rigs socket and qemu. `fieldloop front` lists them.")
    private @Nullable String program;

    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            description = {
                "Its configuration: a name that `fieldloop front` lists (default: good), or a file of your own as it is on your server;",
                "where it cannot tell, it asks for @ws@ or @wss@ for a port it listens on, or @gateway@ for the gateway's host:port."
            })
    private @Nullable String config;

    /** Null where none is wanted. */
    @Nullable
    public FrontChoice choice() {
        if (program == null) {
            if (config != null) {
                throw new CliException("--config is about the program of --front; give that, too.");
            }
            return null;
        }
        try {
            Front front = FrontCatalogue.bundled().named(program);
            String which = config == null ? Front.GOOD : config;
            boolean isBundled = front.configurations().contains(which);
            return (isBundled ? FrontChoice.bundled(program, which) : own(front, which)).asGiven();
        } catch (IllegalArgumentException unknown) {
            throw new CliException("--front: " + unknown.getMessage() + ".");
        }
    }

    private static FrontChoice own(Front front, String file) {
        try {
            return FrontChoice.own(front, file);
        } catch (IOException e) {
            throw new CliException("--config " + file
                    + " is neither a name that `fieldloop front` lists nor a file that can be read.");
        } catch (IllegalArgumentException sentence) {
            throw new CliException("--config: " + sentence.getMessage() + ".");
        }
    }

    /** The words that say the same again. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (program != null) {
            words.addAll(List.of("--front", program));
        }
        if (config != null) {
            words.addAll(List.of("--config", config));
        }
        return words;
    }
}
