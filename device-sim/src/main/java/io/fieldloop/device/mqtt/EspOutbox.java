package io.fieldloop.device.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What esp-mqtt keeps until its broker has acknowledged it, in the order it came (espressif/esp-mqtt 5a9ba05, lib/mqtt_outbox.c).
 *
 * <p>Whether a message was sent before says nothing of which connection that was: what a new connection finds is sent again as it is.
 */
final class EspOutbox {

    /** OUTBOX_EXPIRED_TIMEOUT_MS: counted from when it was last sent for the first time, or put here where it never was. */
    static final long EXPIRY_NANOS = 30_000_000_000L;

    /** One packet that waits. */
    static final class Item {
        final byte[] packet;
        final String topic;
        final int packetId;
        final int answer;
        final long bornNanos;
        private long tickNanos;
        private int transmissions;

        private Item(byte[] packet, String topic, int packetId, int answer, long nowNanos) {
            this.packet = packet;
            this.topic = topic;
            this.packetId = packetId;
            this.answer = answer;
            this.bornNanos = nowNanos;
            this.tickNanos = nowNanos;
        }

        /** Sent once more; how often by now. */
        int sentAt(long nowNanos) {
            tickNanos = transmissions == 0 ? nowNanos : tickNanos;
            return ++transmissions;
        }

        boolean isOlderThan(long nanos, long nowNanos) {
            return nowNanos - tickNanos > nanos;
        }
    }

    private final List<Item> items = new ArrayList<>();

    /** @param answer the type of the packet that takes it out again */
    Item add(ByteBuf packet, String topic, int packetId, int answer, long nowNanos) {
        Item item = new Item(ByteBufUtil.getBytes(packet), topic, packetId, answer, nowNanos);
        packet.release();
        items.add(item);
        return item;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** The first that was sent already, or the first that was not. */
    @Nullable
    Item first(boolean sent) {
        return items.stream()
                .filter(item -> item.transmissions > 0 == sent)
                .findFirst()
                .orElse(null);
    }

    /** Takes out what such a packet acknowledges; null where it acknowledges nothing. */
    @Nullable
    Item acknowledged(int answer, int packetId) {
        Item found = items.stream()
                .filter(item -> item.packetId == packetId && item.answer == answer)
                .findFirst()
                .orElse(null);
        items.remove(found);
        return found;
    }

    /** Takes out what is too old, sent or not. */
    List<Item> expired(long nowNanos) {
        List<Item> old = items.stream()
                .filter(item -> item.isOlderThan(EXPIRY_NANOS, nowNanos))
                .toList();
        items.removeAll(old);
        return old;
    }

    void clear() {
        items.clear();
    }
}
