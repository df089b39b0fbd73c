package io.fieldloop.scenario.suite.shard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of a suite, {@code 3/8}.
 *
 * @param index from 1
 * @param of how many there are
 */
public record Shard(int index, int of) {
    /** All of a suite. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

    /** Reads {@code 3/8}; {@code from} is what messages call the place it stands in. */
    public static Shard parse(String text, String from) {
        Matcher shard = TEXT.matcher(text);
        if (!shard.matches()) {
            throw new ShardException(from + " is '" + text + "'; expected one such as 3/8, or auto.");
        }
        return of(Long.parseLong(shard.group(1)), Long.parseLong(shard.group(2)), from + " is " + text);
    }

    static Shard of(long index, long of, String said) {
        if (index < 1 || index > of) {
            throw new ShardException(said + ", and there is no part " + index + " of " + of + ".");
        }
        return new Shard(Math.toIntExact(index), Math.toIntExact(of));
    }

    @Override
    public String toString() {
        return index + "/" + of;
    }
}
