package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.shape.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads option values, and says in words of the option what was expected. */
final class Converters {
    private Converters() {}

    /** {@code --rig}: the words of scenario files. */
    static final class Rig implements ITypeConverter<RigKind> {
        @Override
        public RigKind convert(String word) {
            return Arrays.stream(RigKind.values())
                    .filter(kind -> kind.wireName().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("there is no rig '" + word + "'; expected "
                            + Arrays.stream(RigKind.values())
                                    .map(RigKind::wireName)
                                    .collect(Collectors.joining(", "))));
        }
    }

    /** {@code --engine}. */
    static final class Engine implements ITypeConverter<EngineKind> {
        @Override
        public EngineKind convert(String word) {
            return Arrays.stream(EngineKind.values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("there is no engine '" + word + "'; expected "
                            + Arrays.stream(EngineKind.values())
                                    .map(EngineKind::word)
                                    .collect(Collectors.joining(" or "))));
        }
    }

    /** {@code --limit}: as in scenario files. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String word) {
            try {
                return DurationText.parse(word);
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
}
