package io.fieldloop.device.link.model;

import io.fieldloop.device.link.profile.Loss;

/**
 * Which packets of one direction of a connection are lost: independent losses, or Gilbert-Elliott bursts in which the bad
 * state loses all and the good one nothing; both rates follow from mean and burst.
 */
public final class LossModel {
    private static final int SLOT = 0;

    private final Draws draws;
    private boolean inBurst;

    public LossModel(Draws draws) {
        this.draws = draws;
    }

    /** Whether that packet is lost; to be asked once for each, in order. */
    public boolean loses(Loss loss, long packet) {
        if (loss.probability() == 0) {
            return false;
        }
        double draw = draws.uniform(packet, SLOT);
        if (loss.burstPacketsMean() <= 1) {
            return draw < loss.probability();
        }
        double leave = 1 / loss.burstPacketsMean();
        double enter = leave * loss.probability() / (1 - loss.probability());
        inBurst = inBurst ? draw >= leave : draw < enter;
        return inBurst;
    }
}
