package io.fieldloop.server.tls;

import java.util.List;

/**
 * Results of the public-key arithmetic of handshakes, remembered by their operands.
 *
 * <p>Where chance is seeded and both ends are in one process, the other end has worked out the same, or an earlier case of a suite has.
 * No result depends on what is remembered, and no random number is drawn or left out because of it. May be shared by any number
 * of gateways and threads.
 */
public interface SharedArithmetic {
    /**
     * The result of an operation, worked out where it is not remembered.
     *
     * @param operands the name of the operation, and all that its result depends on. Both ends of a connection have two in common:
     *     {@code agreement} with the set of both public points, since either private key leads to the same secret, and
     *     {@code verified} with the public point, the algorithm's name, the hash and the signature
     */
    <T, E extends Exception> T result(Class<T> type, List<Object> operands, Operation<T, E> operation) throws E;

    /** Keeps nothing, as it must be where keys are secrets. */
    static SharedArithmetic none() {
        return new SharedArithmetic() {
            @Override
            public <T, E extends Exception> T result(Class<T> type, List<Object> operands, Operation<T, E> operation)
                    throws E {
                return operation.work();
            }
        };
    }

    /** A pure function, its operands bound. */
    interface Operation<T, E extends Exception> {
        T work() throws E;
    }
}
