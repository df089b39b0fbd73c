package io.fieldloop.device.tls.crypto;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Results of the public-key arithmetic of handshakes, remembered by their operands.
 *
 * <p>Where chance is seeded, one case of a suite after the other works out the same products, and they are half of what a handshake costs.
 * No result depends on what is remembered, and no random number is drawn or left out because of it. May be shared by any number
 * of devices and threads.
 */
public final class SharedArithmetic {
    /** Far more than a suite has; a run of ever new handshakes must not keep them all. */
    private static final int RESULTS_MAX = 8192;

    private final Map<List<Object>, Object> results = new ConcurrentHashMap<>();
    private final int resultsMax;

    private SharedArithmetic(int resultsMax) {
        this.resultsMax = resultsMax;
    }

    public static SharedArithmetic remembering() {
        return new SharedArithmetic(RESULTS_MAX);
    }

    /** Keeps nothing, as it must be where keys are secrets. */
    public static SharedArithmetic none() {
        return new SharedArithmetic(0);
    }

    /**
     * The result of an operation, worked out where it is not remembered.
     *
     * @param operands the name of the operation, and all that its result depends on
     */
    public <T, E extends Exception> T result(Class<T> type, List<Object> operands, Operation<T, E> operation) throws E {
        Object known = results.get(operands);
        if (known != null) {
            return type.cast(known);
        }
        T result = operation.work();
        if (results.size() < resultsMax) {
            results.put(operands, result);
        }
        return result;
    }

    /** A pure function, its operands bound. */
    public interface Operation<T, E extends Exception> {
        T work() throws E;
    }
}
