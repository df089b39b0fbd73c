package io.fieldloop.scenario.cli.option;

import io.fieldloop.scenario.shape.yaml.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence what is wrong with the words of a command line. */
public final class UsageErrors {
    private UsageErrors() {}

    public static String sentence(ParameterException mistake) {
        String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
        boolean topLevel = mistake.getCommandLine().getParent() == null;
        if (topLevel && mistake instanceof UnmatchedArgumentException unmatched && isWord(unmatched)) {
            return noCommand(unmatched);
        }
        return String.valueOf(mistake.getMessage()).replaceFirst("\\.$", "")
                + meant(mistake)
                        .map(option -> "; did you mean " + option + "?")
                        .orElse("; see `" + command + " --help`.");
    }

    /** Of a single letter every other letter is as near, so none is named. */
    private static Optional<String> meant(ParameterException mistake) {
        return mistake instanceof UnmatchedArgumentException unmatched
                        && unmatched.isUnknownOption()
                        && unmatched.getUnmatched().get(0).length() > 2
                ? Nearest.to(
                        unmatched.getUnmatched().get(0).replaceFirst("=.*", ""),
                        new TreeSet<>(mistake.getCommandLine()
                                .getCommandSpec()
                                .optionsMap()
                                .keySet()))
                : Optional.empty();
    }

    private static boolean isWord(UnmatchedArgumentException unmatched) {
        return !unmatched.getUnmatched().isEmpty()
                && !unmatched.getUnmatched().get(0).startsWith("-");
    }

    private static String noCommand(UnmatchedArgumentException unmatched) {
        String word = unmatched.getUnmatched().get(0);
        List<String> commands = unmatched.getCommandLine().getSubcommands().keySet().stream()
                .sorted()
                .toList();
        String hint = word.contains("/") || word.contains(".")
                ? "to run a scenario, write `fieldloop run " + word + "`."
                : "there are " + String.join(", ", commands) + ".";
        return "'" + word + "' is no command; " + hint;
    }
}
