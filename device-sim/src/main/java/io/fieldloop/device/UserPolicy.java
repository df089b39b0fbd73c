package io.fieldloop.device;

import java.time.Duration;

/**
 * What the person at the device does when it drops off: press the button again, or not.
 *
 * <p>The firmware of xiaozhi never reconnects by itself (protocol reference 1.1), so every second attempt is somebody's decision.
 *
 * @param after pause before the next attempt
 * @param spread a seeded uniform extra pause between zero and this, so that a thousand users do not press at once
 * @param attempts attempts in a row before the user gives up; being online starts the count again
 * @param replyPatience how long the user waits for a reply after having spoken; the firmware itself would wait for ever
 */
public record UserPolicy(Duration after, Duration spread, int attempts, Duration replyPatience) {

    private static final Duration REPLY_PATIENCE = Duration.ofSeconds(30);

    public UserPolicy {
        if (after.isNegative() || spread.isNegative() || attempts < 0) {
            throw new IllegalArgumentException("A user policy needs durations and attempts of at least zero, not after "
                    + after + ", spread " + spread + ", attempts " + attempts + ".");
        }
    }

    public UserPolicy(Duration after, Duration spread, int attempts) {
        this(after, spread, attempts, REPLY_PATIENCE);
    }

    /** The default: nobody presses again. */
    public static UserPolicy none() {
        return new UserPolicy(Duration.ZERO, Duration.ZERO, 0);
    }

    public UserPolicy withReplyPatience(Duration patience) {
        return new UserPolicy(after, spread, attempts, patience);
    }
}
