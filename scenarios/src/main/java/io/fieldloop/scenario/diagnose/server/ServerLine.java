package io.fieldloop.scenario.diagnose.server;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a line of a server's log has its time and the address of who came.
 *
 * @param source an address, or empty where the line has none
 * @param second of the log's own clock, or {@link #UNTIMED}
 * @param hour for a person, such as {@code 2026-03-01 08h}, or empty
 */
record ServerLine(String source, long second, String hour) {
    static final long UNTIMED = -1;

    private static final String ADDRESS = "((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})";
    private static final List<Pattern> SOURCES = List.of(
            Pattern.compile("client: " + ADDRESS),
            Pattern.compile("\\[client " + ADDRESS),
            Pattern.compile("\"remote_ip\": ?\"" + ADDRESS),
            Pattern.compile("\"source\":\"" + ADDRESS),
            Pattern.compile("haproxy\\[\\d+\\]: " + ADDRESS),
            Pattern.compile("(?:^|\\| )" + ADDRESS + ":\\d+ \\[\\d\\d/"),
            Pattern.compile("from " + ADDRESS),
            Pattern.compile("(?:@|peername: |\"(?:peername|ClientHost|remote_addr)\": ?\")" + ADDRESS),
            Pattern.compile(" tcp \\S+->" + ADDRESS + ":\\d+: "),
            Pattern.compile("(?:^|\\| |access:)" + ADDRESS + " "),
            Pattern.compile(" " + ADDRESS + " conn"),
            Pattern.compile("\\('" + ADDRESS + "', \\d+\\)"));
    private static final Pattern CLF = Pattern.compile("\\[(\\d\\d)/(\\w{3})/(\\d{4}):(\\d\\d):(\\d\\d):(\\d\\d)");
    private static final Pattern DATE =
            Pattern.compile("(?<!\\d)(\\d{4})[-/]?(\\d\\d)[-/]?(\\d\\d)[T ](\\d\\d):(\\d\\d):(\\d\\d)");
    private static final Pattern APACHE =
            Pattern.compile("\\[\\w{3} (\\w{3}) (\\d\\d) (\\d\\d):(\\d\\d):(\\d\\d)(?:\\.\\d+)? (\\d{4})\\]");
    private static final Pattern LOGURU = Pattern.compile("^(\\d\\d)(\\d\\d)(\\d\\d) (\\d\\d):(\\d\\d):(\\d\\d)");
    private static final Pattern EPOCH = Pattern.compile("^(\\d{10}): |\"(?:ts|time)\":(\\d{10})");
    /** Of {@code fieldloop serve} before it wrote dates: a clock. */
    private static final Pattern CLOCK = Pattern.compile("(?<!\\d)(\\d\\d):(\\d\\d):(\\d\\d)\\.\\d{3}  ");
    /** Of a journal of this program: seconds since the run began. */
    private static final Pattern RUN = Pattern.compile("^\\{\"seq\":\\d+,\"t\":(\\d+)");

    private static final Map<String, Integer> MONTHS = Map.ofEntries(
            Map.entry("Jan", 1),
            Map.entry("Feb", 2),
            Map.entry("Mar", 3),
            Map.entry("Apr", 4),
            Map.entry("May", 5),
            Map.entry("Jun", 6),
            Map.entry("Jul", 7),
            Map.entry("Aug", 8),
            Map.entry("Sep", 9),
            Map.entry("Oct", 10),
            Map.entry("Nov", 11),
            Map.entry("Dec", 12));

    static ServerLine parse(String line) {
        String source = "";
        for (Pattern pattern : SOURCES) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                source = matcher.group(1);
                break;
            }
        }
        return at(source, line);
    }

    ServerLine from(@Nullable String address) {
        return address == null ? this : new ServerLine(address, second, hour);
    }

    private static ServerLine at(String source, String line) {
        Matcher clf = CLF.matcher(line);
        if (clf.find()) {
            return of(source, clf.group(3), MONTHS.getOrDefault(clf.group(2), 1), clf.group(1), clf, 4);
        }
        Matcher apache = APACHE.matcher(line);
        if (apache.find()) {
            return of(source, apache.group(6), MONTHS.getOrDefault(apache.group(1), 1), apache.group(2), apache, 3);
        }
        Matcher date = DATE.matcher(line);
        if (date.find()) {
            return of(source, date.group(1), Integer.parseInt(date.group(2)), date.group(3), date, 4);
        }
        Matcher loguru = LOGURU.matcher(line);
        if (loguru.find()) {
            return of(source, "20" + loguru.group(1), Integer.parseInt(loguru.group(2)), loguru.group(3), loguru, 4);
        }
        Matcher epoch = EPOCH.matcher(line);
        if (epoch.find()) {
            long second = Long.parseLong(epoch.group(1) == null ? epoch.group(2) : epoch.group(1));
            String text = Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC).toString();
            return new ServerLine(source, second, text.substring(0, 10) + " " + text.substring(11, 13) + "h");
        }
        Matcher clock = CLOCK.matcher(line);
        if (clock.find()) {
            long second = Long.parseLong(clock.group(1)) * 3600
                    + Long.parseLong(clock.group(2)) * 60
                    + Long.parseLong(clock.group(3));
            return new ServerLine(source, second, clock.group(1) + "h");
        }
        Matcher run = RUN.matcher(line);
        return run.find()
                ? new ServerLine(source, Long.parseLong(run.group(1)), "")
                : new ServerLine(source, UNTIMED, "");
    }

    private static ServerLine of(String source, String year, int month, String day, Matcher time, int hourGroup) {
        long days = LocalDate.EPOCH
                .withYear(Integer.parseInt(year))
                .plusMonths(month - 1)
                .plusDays(Long.parseLong(day) - 1)
                .toEpochDay();
        long second =
                ((days * 24 + Long.parseLong(time.group(hourGroup))) * 60 + Long.parseLong(time.group(hourGroup + 1)))
                                * 60
                        + Long.parseLong(time.group(hourGroup + 2));
        String hour = String.format(Locale.ROOT, "%s-%02d-%s %sh", year, month, day, time.group(hourGroup));
        return new ServerLine(source, second, hour);
    }
}
