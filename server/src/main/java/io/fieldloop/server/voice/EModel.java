package io.fieldloop.server.voice;

/**
 * The E-model's estimate of how people would rate what they heard (ITU-T G.107, 06/2015).
 *
 * <p>Of the transmission rating only what a packet network can spoil is counted: delay and loss; everything else has the
 * Recommendation's default values, which give R = 93.2.
 */
final class EModel {
    private static final double R_DEFAULT = 93.2;

    private EModel() {}

    static double mos(double lossPercent, double jitterMillis) {
        return mosOf(R_DEFAULT - lossPercent - jitterMillis);
    }

    /** G.107, Annex B. */
    static double mosOf(double rating) {
        if (rating <= 0) {
            return 1;
        }
        if (rating >= 100) {
            return 4.5;
        }
        return 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6;
    }
}
