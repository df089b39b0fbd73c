package io.fieldloop.scenario.cli.option;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.console.ConsoleDictionaryException;
import java.nio.file.Path;

/** A user's console dictionaries; what is wrong with one is a sentence for the terminal. */
public final class Dictionaries {
    private Dictionaries() {}

    public static ConsoleDictionary load(Path file) {
        try {
            return ConsoleDictionary.load(file);
        } catch (ConsoleDictionaryException wrong) {
            throw new CliException(String.valueOf(wrong.getMessage()));
        }
    }
}
