package io.fieldloop.scenario.cli.option;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.report.ci.ReportFormat;
import io.fieldloop.scenario.rig.firmware.LineEnd;
import io.fieldloop.scenario.shape.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads option values, and says in words of the option what was expected. */
public final class Converters {
    private Converters() {}

    /** One of a few words, which a shell can complete. */
    public abstract static class Word<E> implements ITypeConverter<E>, Iterable<String> {
        private final String noun;
        private final E[] all;
        private final Function<E, String> wordOf;

        protected Word(String noun, E[] all, Function<E, String> wordOf) {
            this.noun = noun;
            this.all = all;
            this.wordOf = wordOf;
        }

        @Override
        public E convert(String word) {
            return Arrays.stream(all)
                    .filter(one -> wordOf.apply(one).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "there is no " + noun + " '" + word + "'; expected " + String.join(", ", this)));
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(all).map(wordOf).iterator();
        }
    }

    /** {@code --rig}: the words of scenario files. */
    public static final class Rig extends Word<RigKind> {
        public Rig() {
            super("rig", RigKind.values(), RigKind::wireName);
        }
    }

    /** {@code --line-end}. */
    static final class Typed extends Word<LineEnd> {
        Typed() {
            super("line end", LineEnd.values(), LineEnd::word);
        }
    }

    /** {@code --engine}. */
    static final class Engine extends Word<EngineKind> {
        Engine() {
            super("engine", EngineKind.values(), EngineKind::word);
        }
    }

    /** {@code --report}. */
    static final class Report extends Word<ReportFormat> {
        Report() {
            super("report", ReportFormat.values(), ReportFormat::wireName);
        }
    }

    /** Times: as in scenario files, and longer than none. */
    public static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String word) {
            try {
                Duration time = DurationText.parse(word);
                if (time.isZero() || time.isNegative()) {
                    throw new IllegalArgumentException("is no time to wait");
                }
                return time;
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(
                        "'" + word + "' " + wrong.getMessage() + "; expected one such as 90s");
            }
        }
    }

    /** {@code --seed}. */
    static final class Seed implements ITypeConverter<Long> {
        @Override
        public Long convert(String word) {
            try {
                return Long.valueOf(word);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + word + "' is no whole number of 64 bits");
            }
        }
    }

    /** {@code --lang}. */
    static final class Language extends Word<String> {
        Language() {
            super("language", Translation.LANGUAGES.toArray(String[]::new), Function.identity());
        }
    }

    /** {@code --repeat}. */
    static final class Times implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String word) {
            if (!word.matches("[1-9][0-9]{0,4}")) {
                throw new TypeConversionException("'" + word + "' is no number of times; expected 1 to 99999");
            }
            return Integer.valueOf(word);
        }
    }

    /** {@code --seeds}. */
    static final class Seeds implements ITypeConverter<SeedRange> {
        @Override
        public SeedRange convert(String word) {
            Matcher range = SeedRange.TEXT.matcher(word);
            if (range.matches()) {
                long from = Long.parseLong(range.group(1));
                long to = Long.parseLong(range.group(2));
                if (from <= to && to - from < SeedRange.COUNT_MAX) {
                    return new SeedRange(from, to);
                }
            }
            throw new TypeConversionException("'" + word + "' is no range of at most " + SeedRange.COUNT_MAX
                    + " seeds; expected one such as 1..50");
        }
    }

    /** Seeds from one number to another, both included; none where the second is below the first. */
    record SeedRange(long from, long to) {
        static final SeedRange NONE = new SeedRange(0, -1);
        private static final Pattern TEXT = Pattern.compile("(-?[0-9]{1,18})\\.\\.(-?[0-9]{1,18})");
        private static final long COUNT_MAX = 100_000;

        boolean isEmpty() {
            return to < from;
        }

        List<Long> all() {
            return LongStream.rangeClosed(from, to).boxed().toList();
        }

        @Override
        public String toString() {
            return from + ".." + to;
        }
    }
}
