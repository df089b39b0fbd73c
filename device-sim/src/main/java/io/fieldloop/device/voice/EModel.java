package io.fieldloop.device.voice;

/**
 * The E-model's estimate of how people would rate the server's voice (ITU-T G.107, 06/2015), from what a device had to play.
 *
 * <p>The same formula and numbers as the gateway's for the other direction, so that both can be compared: defaults give R = 93.2, delay is not in
 * it, and Opus bears loss as Alahmadi, Pocta and Melvin found (Bpl 11.28; ACM TOMM 17(4), 133, 2021, doi:10.1145/3458751) from
 * an impairment of 0.
 */
public final class EModel {
    private static final double R_DEFAULT = 93.2;
    private static final double BPL = 11.28;

    private EModel() {}

    /**
     * The mean opinion score, 1 to 4.5, in hundredths.
     *
     * @param unheard packets that never came, or too late to be played
     * @param runs in how many stretches they were missing
     */
    public static double mos(long heard, long unheard, long runs) {
        double share = unheard == 0 ? 0 : (double) unheard / (heard + unheard);
        double burstRatio = Math.max(1, runs == 0 ? 1 : (double) unheard / runs * (1 - share));
        return mosOf(R_DEFAULT - 95 * 100 * share / (100 * share / burstRatio + BPL)); // G.107, 7.5
    }

    /** G.107, Annex B. */
    private static double mosOf(double rating) {
        double mos = 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6;
        return rating <= 0 ? 1 : Math.round(Math.max(1, Math.min(4.5, mos)) * 100) / 100.0;
    }
}
