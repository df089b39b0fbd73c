package io.fieldloop.scenario.diagnose.capture;

/**
 * Where packets were captured.
 *
 * @param number counted through the whole file, whose interfaces may have no names, or the same one in each of its sections
 * @param name as the file has it, or empty
 * @param linkType a number of the LINKTYPE_ registry (draft-ietf-opsawg-pcaplinktype)
 * @param clock how its time stamps count
 */
public record CaptureInterface(int number, String name, int linkType, Clock clock) {
    static final CaptureInterface UNKNOWN = new CaptureInterface(0, "", -1, new Clock(6, false, 0));

    /**
     * Units of an interface's time stamps.
     *
     * @param exponent of the unit, which is 10 (or 2) to the minus that
     * @param binary whether the base is 2
     * @param offsetSeconds added to each
     */
    record Clock(int exponent, boolean binary, long offsetSeconds) {
        private static final long NANOS = 1_000_000_000;
        private static final int NANOS_EXPONENT = 9;

        long nanos(long units) {
            long nanos;
            if (binary) {
                int shift = Math.min(exponent, 62);
                nanos = (units >>> shift) * NANOS
                        + (long) ((units & ((1L << shift) - 1)) * (double) NANOS / (1L << shift));
            } else if (exponent <= NANOS_EXPONENT) {
                nanos = units * power(NANOS_EXPONENT - exponent);
            } else {
                nanos = Long.divideUnsigned(units, power(Math.min(exponent - NANOS_EXPONENT, 18)));
            }
            return nanos + offsetSeconds * NANOS;
        }

        private static long power(int exponent) {
            long power = 1;
            for (int i = 0; i < exponent; i++) {
                power *= 10;
            }
            return power;
        }
    }
}
