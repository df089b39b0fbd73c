package io.fieldloop.scenario.cli.option;

import io.fieldloop.qemu.bytes.BoundedFile;
import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.console.ConsoleDictionaryException;
import io.fieldloop.scenario.shape.yaml.YamlTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A user's console dictionaries; what is wrong with one is a sentence for the terminal. */
public final class Dictionaries {
    private Dictionaries() {}

    public static ConsoleDictionary load(Path file) {
        try {
            return ConsoleDictionary.load(file);
        } catch (ConsoleDictionaryException wrong) {
            tellMistakes(file);
            throw new CliException(String.valueOf(wrong.getMessage()));
        }
    }

    /** What is no YAML at all is told as it is of a scenario; what else is expected of a dictionary, it says itself. */
    private static void tellMistakes(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(BoundedFile.read(file, YamlTree.FILE_BYTES_MAX));
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            YamlTree.parse(file.toString(), text, mistake -> {
                if (mistake.expected() == null) {
                    throw new CliException(mistake + ".");
                }
            });
        } catch (IOException unreadable) {
            // It says that, too.
        }
    }
}
