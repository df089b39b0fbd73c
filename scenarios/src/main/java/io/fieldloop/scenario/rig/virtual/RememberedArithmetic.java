package io.fieldloop.scenario.rig.virtual;

import io.fieldloop.device.tls.crypto.SharedArithmetic;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results of the arithmetic of handshakes of both ends, the devices' and the gateways'.
 *
 * <p>The two ends of a connection want the same soon after each other, and the cases of a suite the same again and again. It is half of
 * what a handshake costs.
 */
final class RememberedArithmetic implements SharedArithmetic, io.fieldloop.server.tls.SharedArithmetic {
    /** Of five a handshake: enough for some thousand devices that connect in one instant. */
    private static final int RESULTS_MAX = 32_768;

    private final Map<List<Object>, Object> results;

    /** Keeps the results that were asked for last. */
    RememberedArithmetic() {
        this(Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<List<Object>, Object> eldest) {
                return size() > RESULTS_MAX;
            }
        }));
    }

    RememberedArithmetic(Map<List<Object>, Object> results) {
        this.results = results;
    }

    @Override
    public <T, E extends Exception> T result(
            Class<T> type, List<Object> operands, SharedArithmetic.Operation<T, E> operation) throws E {
        Object known = results.get(operands);
        if (known != null) {
            return type.cast(known);
        }
        T result = operation.work();
        results.put(operands, result);
        return result;
    }

    @Override
    public <T, E extends Exception> T result(
            Class<T> type, List<Object> operands, io.fieldloop.server.tls.SharedArithmetic.Operation<T, E> operation)
            throws E {
        SharedArithmetic.Operation<T, E> same = operation::work;
        return result(type, operands, same);
    }
}
