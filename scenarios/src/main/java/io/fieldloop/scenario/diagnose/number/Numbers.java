package io.fieldloop.scenario.diagnose.number;

import io.fieldloop.scenario.shape.RecordFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What numbers mean, from {@code numbers.tsv}.
 *
 * <p>mbedTLS adds a number of its high level and one of its low level: {@code -0x4290} is {@code -0x4280} and {@code -0x0010}. It is
 * printed with and without its sign, padded or not, in decimal too; so is everything else.
 */
public final class Numbers {
    private static final String RESOURCE = "numbers.tsv";
    private static final int HIGH_BITS = 0xFF80;
    private static final int LOW_BITS = 0x007F;
    private static final int MBEDTLS_MAX = 0x7FFF;
    private static final int COLUMNS = 5;
    private static final int BEARSSL_ALERT_RECEIVED = 256;
    private static final int BEARSSL_ALERT_SENT = 512;

    private final Map<NumberSpace, Map<Long, Meaning>> spaces = new EnumMap<>(NumberSpace.class);

    private Numbers() {}

    /** The table that comes with Fieldloop. */
    public static Numbers bundled() {
        Numbers numbers = new Numbers();
        RecordFile.text(Numbers.class, RESOURCE)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(numbers::add);
        return numbers;
    }

    private void add(String line) {
        String[] columns = Arrays.copyOf(line.split("\t", -1), COLUMNS);
        NumberSpace space = NumberSpace.named(columns[0])
                .orElseThrow(() -> new IllegalStateException(RESOURCE + ": there is no space in: " + line));
        long value = PrintedNumber.parse(columns[1])
                .orElseThrow(() -> new IllegalStateException(RESOURCE + ": there is no number in: " + line))
                .value();
        List<String> causes = columns[3] == null || columns[3].isEmpty() ? List.of() : List.of(columns[3].split(","));
        Meaning meaning = new Meaning(space, columns[1], columns[2], causes, columns[4] == null ? "" : columns[4]);
        spaces.computeIfAbsent(space, any -> new HashMap<>()).put(value, meaning);
    }

    /** All that a number may mean, the most probable first; empty where the text is no number or none that is known. */
    public List<Meaning> of(String text) {
        return PrintedNumber.parse(text).stream()
                .flatMap(number -> Arrays.stream(NumberSpace.values()).flatMap(space -> in(space, number).stream()))
                .toList();
    }

    /** What it means where that space counts. */
    public Optional<Meaning> of(NumberSpace space, String text) {
        return PrintedNumber.parse(text).flatMap(number -> in(space, number));
    }

    /** What a connection's error code most probably means: of ESP-TLS, mbedTLS, ESP-IDF, PSA or errno, in this order. */
    public Optional<Meaning> ofError(String text) {
        return Stream.of(
                        NumberSpace.ESP_TLS,
                        NumberSpace.MBEDTLS,
                        NumberSpace.ESP_IDF,
                        NumberSpace.PSA,
                        NumberSpace.ERRNO,
                        NumberSpace.GETADDRINFO)
                .flatMap(space -> of(space, text).stream())
                .findFirst();
    }

    /** All words of causes in the table. */
    public List<String> causes() {
        return spaces.values().stream()
                .flatMap(space -> space.values().stream())
                .flatMap(meaning -> meaning.causes().stream())
                .distinct()
                .toList();
    }

    private Optional<Meaning> in(NumberSpace space, PrintedNumber number) {
        return switch (space) {
            case MBEDTLS -> mbedtls(number);
            case BEARSSL -> bearSsl(number);
            default -> Optional.ofNullable(meanings(space).get(number.value()));
        };
    }

    /** BearSSL adds an alert's number to one base where it received it, and to another where it sent it. */
    private Optional<Meaning> bearSsl(PrintedNumber number) {
        long value = number.value();
        boolean received = value >= BEARSSL_ALERT_RECEIVED && value < BEARSSL_ALERT_SENT;
        boolean sent = value >= BEARSSL_ALERT_SENT && value < BEARSSL_ALERT_SENT + BEARSSL_ALERT_RECEIVED;
        if (!received && !sent) {
            return Optional.ofNullable(meanings(NumberSpace.BEARSSL).get(value));
        }
        return Optional.ofNullable(meanings(NumberSpace.TLS_ALERT)
                        .get(value - (received ? BEARSSL_ALERT_RECEIVED : BEARSSL_ALERT_SENT)))
                .map(alert -> new Meaning(
                        NumberSpace.BEARSSL,
                        Long.toString(value),
                        "alert " + alert.name() + (received ? " received" : " sent"),
                        alert.causes(),
                        alert.says()));
    }

    private Map<Long, Meaning> meanings(NumberSpace space) {
        return spaces.getOrDefault(space, Map.of());
    }

    private Optional<Meaning> mbedtls(PrintedNumber number) {
        long magnitude = Math.abs(number.value());
        boolean small = magnitude <= LOW_BITS && number.value() > 0;
        if (magnitude == 0 || magnitude > MBEDTLS_MAX || (small && !number.hex())) {
            return Optional.empty(); // a small decimal number is somebody else's
        }
        Map<Long, Meaning> known = meanings(NumberSpace.MBEDTLS);
        Meaning exact = known.get(-magnitude);
        return exact != null
                ? Optional.of(exact)
                : sum(known.get(-(magnitude & HIGH_BITS)), known.get(-(magnitude & LOW_BITS)));
    }

    private static Optional<Meaning> sum(@Nullable Meaning high, @Nullable Meaning low) {
        if (high == null || low == null) {
            return Optional.empty();
        }
        List<String> says = new ArrayList<>();
        Stream.of(high, low).map(Meaning::says).filter(text -> !text.isEmpty()).forEach(says::add);
        long both = PrintedNumber.parse(high.code()).orElseThrow().value()
                + PrintedNumber.parse(low.code()).orElseThrow().value();
        return Optional.of(new Meaning(
                NumberSpace.MBEDTLS,
                String.format(Locale.ROOT, "-0x%04X", -both),
                high.name() + " + " + low.name(),
                low.causes().isEmpty() ? high.causes() : low.causes(),
                String.join("; ", says)));
    }
}
