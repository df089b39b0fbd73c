package io.fieldloop.scenario.front;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which program is to stand in front of the gateway.
 *
 * @param configuration with its marks
 * @param from what whoever chose it calls it: its name, or the file
 * @param around what stands around it where it runs as a process of its own
 * @param places where each line of it stood, of a file of the user's own
 * @param taken what was taken for what, of such a file
 * @param given whether a command line asks for it, and no scenario says whether the gateway trusts it
 */
public record FrontChoice(
        Front front,
        String configuration,
        String from,
        String around,
        List<String> places,
        List<String> taken,
        boolean given) {
    /**
     * One of those that are bundled.
     *
     * @throws IllegalArgumentException in a sentence, if there is none
     */
    public static FrontChoice bundled(String program, String config) {
        Front front = FrontCatalogue.bundled().named(program);
        return new FrontChoice(front, front.configuration(config), config, front.around(), List.of(), List.of(), false);
    }

    /**
     * A file of the user's own, as it stands on his server or with marks.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException in a sentence, if it cannot be taken
     */
    public static FrontChoice own(Front front, String file) throws IOException {
        FrontFile.Own rules = front.own();
        if (rules != null) {
            return OwnConfiguration.read(front, rules, file);
        }
        String text = Files.readString(Path.of(file));
        if (!text.contains("@gateway") || !(text.contains("@ws@") || text.contains("@wss@"))) {
            throw new IllegalArgumentException(file + " does not say where it listens and where the gateway is; write"
                    + " @ws@ or @wss@ for its port, on @address@, and @gateway@ for the gateway's host:port");
        }
        return new FrontChoice(front, text, file, front.around(), List.of(), List.of(), false);
    }

    /** The same as a command line asks for it. */
    public FrontChoice asGiven() {
        return new FrontChoice(front, configuration, from, around, places, taken, true);
    }

    boolean isOwn() {
        return !places.isEmpty();
    }

    /** What the program said, about the user's file and its lines in place of those it was given. */
    String said(String words, Path folder) {
        if (!isOwn()) {
            return words.replace(folder.resolve("own.conf").toString(), from);
        }
        String given = Pattern.quote(folder.toString()) + "/(?:own|(front)|squid)\\.conf";
        return Pattern.compile("line (?<before>\\d+) of " + given + "|" + given
                        + "(?:\\W{0,3}(?:[Ll]ine:? *)?(?<behind>\\d+))?")
                .matcher(words)
                .replaceAll(match -> Matcher.quoteReplacement(place(match)));
    }

    private String place(MatchResult match) {
        String number = match.group(1) == null ? match.group(4) : match.group(1);
        boolean isAround = match.group(2) != null || match.group(3) != null;
        int before = isAround
                ? (int) around.substring(0, Math.max(0, around.indexOf("@configuration@")))
                        .lines()
                        .count()
                : 0;
        int line = number == null ? 0 : Integer.parseInt(number) - before;
        return line > 0 && line <= places.size() ? places.get(line - 1) : from;
    }
}
