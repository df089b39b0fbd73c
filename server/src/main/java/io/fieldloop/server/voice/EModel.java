package io.fieldloop.server.voice;

/**
 * The E-model's estimate of how people would rate what they heard (ITU-T G.107, 06/2015).
 *
 * <p>Everything but codec and loss has the Recommendation's default values, which give R = 93.2; the one-way delay cannot be told from
 * one end, so what it costs is not in it. ITU-T G.113 has no values for Opus. The packet-loss robustness is the one that Alahmadi,
 * Pocta and Melvin derived for super-wideband Opus at a variable 25 kbit/s under random loss ("An Adaptive Bitrate Switching Algorithm for
 * Speech Applications in Context of WebRTC", ACM TOMM 17(4), 133, 2021, doi:10.1145/3458751; their Opus_emodel.js: ie 20.20905481,
 * bplrandom 11.28). Devices send 16 kHz at about that rate; the wideband values there end at 15 kbit/s and are milder, 16.9 to 24.8.
 * Their error-free impairment belongs to a scale with room for wider bands than the 93.2 of this one: 0 is assumed, and so is that 60
 * ms packets conceal as well as shorter ones.
 */
final class EModel {
    private static final double R_DEFAULT = 93.2;
    private static final double IE = 0;
    private static final double BPL = 11.28;

    private EModel() {}

    /**
     * The mean opinion score.
     *
     * @param lossPercent what was never heard, or too late
     * @param burstRatio how long losses in a row are, of what they would be if packets were lost independently; 1 where they are
     */
    static double mos(double lossPercent, double burstRatio) {
        return mosOf(R_DEFAULT - impairment(lossPercent, burstRatio));
    }

    /** G.107, 7.5: the effective equipment impairment. */
    private static double impairment(double lossPercent, double burstRatio) {
        return IE + (95 - IE) * lossPercent / (lossPercent / Math.max(1, burstRatio) + BPL);
    }

    /** G.107, Annex B, in hundredths. */
    static double mosOf(double rating) {
        if (rating <= 0) {
            return 1;
        }
        double mos = 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6;
        return Math.round(Math.max(1, Math.min(4.5, mos)) * 100) / 100.0;
    }
}
