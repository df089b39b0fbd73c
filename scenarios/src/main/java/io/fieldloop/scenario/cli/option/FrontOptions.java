package io.fieldloop.scenario.cli.option;

import io.fieldloop.scenario.front.Front;
import io.fieldloop.scenario.front.FrontCatalogue;
import io.fieldloop.scenario.front.FrontChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                "Its configuration: a name that `fieldloop front` lists (default: good), or a file of your own with @ws@ and @wss@",
                "for the ports it listens on, @gateway@ for the gateway's host:port (or @gateway-host@ and @gateway-port@), @certificate@ and @key@."
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
            return new FrontChoice(
                    front, front.configurations().contains(which) ? front.configuration(which) : own(which), which);
        } catch (IllegalArgumentException unknown) {
            throw new CliException("--front: " + unknown.getMessage() + ".");
        }
    }

    private static String own(String file) {
        try {
            String text = Files.readString(Path.of(file));
            if (!text.contains("@gateway") || !(text.contains("@ws@") || text.contains("@wss@"))) {
                throw new CliException("The configuration " + file
                        + " does not say where it listens and where the gateway is; write @ws@ or @wss@ for its port,"
                        + " on @address@, and @gateway@ for the gateway's host:port.");
            }
            return text;
        } catch (IOException e) {
            throw new CliException("--config " + file
                    + " is neither a name that `fieldloop front` lists nor a file that can be read.");
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
