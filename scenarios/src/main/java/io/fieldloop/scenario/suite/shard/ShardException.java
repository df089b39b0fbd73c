package io.fieldloop.scenario.suite.shard;

/** Which part is meant cannot be said; the message is one sentence. */
public final class ShardException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ShardException(String sentence) {
        super(sentence);
    }
}
