package io.fieldloop.device.link.model;

import io.fieldloop.device.link.event.DropReason;
import io.fieldloop.device.link.profile.Access;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.device.link.profile.Disorder;
import io.fieldloop.device.link.profile.PathProfile;

/**
 * A link profile on packets, as arithmetic: direction, size and time in, {@link PacketVerdict} out.
 *
 * <p>It is the stream link's arithmetic less what the ends do themselves: a lost packet stays lost, and the sender's TCP
 * sends it again; a full queue drops what comes, and the sender's TCP slows down.
 */
public final class PacketModel {
    // Slot 0 is the loss model's, 1 and 2 the delay's.
    private static final int SLOT_DELAY = 1;
    private static final int SLOT_REORDER = 250;
    private static final int SLOT_DUPLICATE = 251;
    private static final int SLOT_CORRUPT = 252;
    private static final int SLOT_BIT = 253;

    private final RadioModel radio;

    public PacketModel(RadioModel radio) {
        this.radio = radio;
    }

    public PacketVerdict pass(Direction direction, PacketSequence sequence, int ipBytes, long nowNanos) {
        PathProfile path = radio.profile().path(direction);
        long packet = sequence.next();
        boolean lost = sequence.losses().loses(path.loss(), packet);
        if (isOversize(ipBytes)) {
            return PacketVerdict.lost(DropReason.OVERSIZE);
        }
        if (isQueueFull(direction, ipBytes, nowNanos)) {
            return PacketVerdict.lost(DropReason.QUEUE_FULL);
        }
        boolean wakes = radio.isIdle(nowNanos);
        long connected = radio.wake(direction, nowNanos);
        long resumed = radio.handoverEnds(connected);
        long sent = radio.transmit(direction, ipBytes, resumed);
        if (lost || radio.isDark(sent)) {
            return PacketVerdict.lost(lost ? DropReason.LOSS : DropReason.OUTAGE);
        }
        long arrives = sent + DelayPolicy.nanos(path.delay(), sequence.draws(), packet, SLOT_DELAY);
        Disorder disorder = path.disorder();
        boolean heldBack = isDrawn(sequence, packet, SLOT_REORDER, disorder.reorderProbability());
        return new PacketVerdict(
                null,
                heldBack ? arrives + disorder.reorderBy().toNanos() : sequence.inOrder(arrives),
                isDrawn(sequence, packet, SLOT_DUPLICATE, disorder.duplicateProbability()),
                isDrawn(sequence, packet, SLOT_CORRUPT, disorder.corruptProbability())
                        ? sequence.draws().uniform(packet, SLOT_BIT)
                        : PacketVerdict.INTACT,
                wakes ? connected - nowNanos : 0,
                resumed - connected,
                resumed);
    }

    /** Whether what waits for the bandwidth leaves room for half a queue again. */
    public boolean hasDrained(Direction direction, long nowNanos) {
        return radio.waitingBytes(direction, nowNanos)
                <= radio.profile().path(direction).queueBytes() / 2;
    }

    private boolean isOversize(int ipBytes) {
        return radio.profile().access().oversize() == Access.Oversize.LOST
                && ipBytes > radio.profile().mtuBytes();
    }

    private boolean isQueueFull(Direction direction, int ipBytes, long nowNanos) {
        PathProfile path = radio.profile().path(direction);
        long waiting = radio.waitingBytes(direction, nowNanos);
        // However short the queue is, what finds nobody waiting is sent.
        return path.bitsPerSecond() > 0 && waiting > 0 && waiting + ipBytes > path.queueBytes();
    }

    private static boolean isDrawn(PacketSequence sequence, long packet, int slot, double probability) {
        return probability > 0 && sequence.draws().uniform(packet, slot) < probability;
    }
}
