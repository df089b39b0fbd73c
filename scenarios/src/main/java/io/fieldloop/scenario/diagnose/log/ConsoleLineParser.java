package io.fieldloop.scenario.diagnose.log;

import java.time.LocalTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes lines apart as the firmwares of ESP32 print them, whatever a serial tool put in front.
 *
 * <p>ESP-IDF: {@code E (1234) tag: message}, with the time of day too; the Arduino core: {@code [ 3910][E][file.cpp:37] f(): message};
 * ESPHome: {@code [12:00:01][E][mqtt:123]: message}; Tasmota: {@code 00:00:08.143 MQT: message}. A line that was copied without level
 * and time has a tag if it begins with one that the table knows.
 */
final class ConsoleLineParser {
    private static final String TIME = "(?:[01]?\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:[.,:]\\d{1,6})?";
    private static final Pattern IDF = Pattern.compile(
            "(?<![\\w(])([EWIDV]) \\((?:(\\d{1,12})|(?:\\d{4}-\\d\\d-\\d\\d )?(" + TIME + "))\\) ([^:]{1,64}): ?(.*)$");
    private static final Pattern ARDUINO =
            Pattern.compile("(?:\\[ *(\\d{1,12})\\])?\\[([EWIDV])\\]\\[([^\\]:]+\\.(?:c|cpp|h|ino)):\\d+\\] ?(.*)$");
    private static final Pattern ESPHOME =
            Pattern.compile("\\[(" + TIME + ")\\]\\[([A-Z]{1,2})\\]\\[([^\\]:]+)(?::\\d+)?\\]: ?(.*)$");
    private static final Pattern TASMOTA = Pattern.compile("^(" + TIME + ")(?:-\\d+)? ([A-Z][A-Za-z0-9]{2}): ?(.*)$");
    private static final Pattern PREFIX = Pattern.compile("^\\s*(?:【[^】]*】|\\[?\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]" + TIME
            + "Z?\\]?|\\[?" + TIME + "\\]?(?:\\s*->)?|COM\\d+\\s*[:>]|[\\w-]{3,40} +\\|)\\s*");
    private static final Pattern TIME_OF_DAY = Pattern.compile(TIME);
    private static final Pattern LEVEL_AND_TAG = Pattern.compile("^([EWIDV]) ([\\w.-]{1,40}): ?(.*)$");
    private static final Pattern TAG = Pattern.compile("^([A-Za-z][\\w.-]{0,39}): (.*)$");
    private static final Pattern COLOUR =
            Pattern.compile("(?:\\x1b|\\\\(?:033|x1[bB]|e|u001[bB])|\\^\\[)?\\[(?:0;3\\d|0)m");

    private final Set<String> tags;

    /** @param tags those a line may begin with */
    ConsoleLineParser(Set<String> tags) {
        this.tags = Set.copyOf(tags);
    }

    ConsoleLine parse(int number, String line) {
        String text = COLOUR.matcher(line).replaceAll("");
        Matcher idf = IDF.matcher(text);
        if (idf.find()) {
            long millis = idf.group(2) == null ? ofDay(idf.group(3)) : Long.parseLong(idf.group(2));
            return new ConsoleLine(
                    number, millis, idf.group(1), idf.group(4), idf.group(5), text.substring(idf.start()));
        }
        Matcher arduino = ARDUINO.matcher(text);
        if (arduino.find()) {
            return new ConsoleLine(
                    number,
                    arduino.group(1) == null ? ConsoleLine.UNTIMED : Long.parseLong(arduino.group(1)),
                    arduino.group(2),
                    arduino.group(3),
                    arduino.group(4),
                    text.substring(arduino.start()));
        }
        Matcher esphome = ESPHOME.matcher(text);
        if (esphome.find()) {
            return new ConsoleLine(
                    number,
                    ofDay(esphome.group(1)),
                    esphome.group(2).substring(0, 1),
                    esphome.group(3),
                    esphome.group(4),
                    text.substring(esphome.start()));
        }
        Matcher tasmota = TASMOTA.matcher(text);
        return tasmota.find()
                ? new ConsoleLine(number, ofDay(tasmota.group(1)), "I", tasmota.group(2), tasmota.group(3), text)
                : plain(number, text);
    }

    private ConsoleLine plain(int number, String text) {
        String rest = text;
        long millis = ConsoleLine.UNTIMED;
        for (Matcher prefix = PREFIX.matcher(rest); prefix.find(); prefix = PREFIX.matcher(rest)) {
            Matcher time = TIME_OF_DAY.matcher(prefix.group());
            millis = time.find() ? ofDay(time.group()) : millis;
            rest = rest.substring(prefix.end());
        }
        Matcher levelled = LEVEL_AND_TAG.matcher(rest);
        if (levelled.find()) {
            return new ConsoleLine(number, millis, levelled.group(1), levelled.group(2), levelled.group(3), rest);
        }
        Matcher tagged = TAG.matcher(rest);
        boolean known = tagged.find() && tags.contains(tagged.group(1));
        return new ConsoleLine(number, millis, "", known ? tagged.group(1) : "", known ? tagged.group(2) : rest, rest);
    }

    private static long ofDay(String time) {
        String[] fields = time.split("[:.,]", -1);
        String fraction = fields.length > 3
                ? String.format(Locale.ROOT, "%-3s", fields[3]).replace(' ', '0')
                : "000";
        return LocalTime.of(Integer.parseInt(fields[0]), Integer.parseInt(fields[1]), Integer.parseInt(fields[2]))
                                .toSecondOfDay()
                        * 1000L
                + Long.parseLong(fraction.substring(0, 3));
    }
}
