package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.DropReason;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.model.Mapping;
import io.fieldloop.device.link.model.PacketSequence;
import io.fieldloop.device.link.model.RadioModel;
import io.fieldloop.device.link.profile.Access;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.NameQuery;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the link does to UDP: NAT mappings, which what the device sends makes anew, and name queries, which the far side
 * of the link answers when it knows the name.
 */
final class UdpRelay {
    private static final int FLOWS_MAX = 1024;
    // TCP connections are numbered from 1; these draw from numbers of their own.
    private static final long FIRST_FLOW = 1L << 32;

    private final long seed;
    private final RadioModel radio;
    private final NameService names;
    private final EgressGuard egress;
    private final FramePath path;
    private final Map<FlowKey, Flow> flows = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<FlowKey, Flow> eldest) {
            return size() > FLOWS_MAX;
        }
    };
    private long flowsMade;

    UdpRelay(long seed, RadioModel radio, NameService names, EgressGuard egress, FramePath path) {
        this.seed = seed;
        this.radio = radio;
        this.names = names;
        this.egress = egress;
        this.path = path;
    }

    /** Takes over a frame with a datagram. */
    void offered(Direction direction, Frame frame) {
        long now = path.now();
        Flow flow = flows.computeIfAbsent(FlowKey.of(direction, frame), key -> new Flow(now));
        boolean isQuery = direction == Direction.UPSTREAM && NameQuery.isFor(frame);
        if (radio.refuses(now)) {
            path.drop(direction, 0, frame, DropReason.OUTAGE);
        } else if (isQuery && radio.profile().access().names() == Access.Names.SILENT) {
            path.drop(direction, 0, frame, DropReason.DNS_SILENT);
        } else if (!flow.isKnown(direction, now)) {
            path.drop(direction, 0, frame, DropReason.NAT_EXPIRED);
        } else {
            path.send(direction, flow.course(direction), 0, frame, isQuery ? this::answers : Arrival.NOBODY);
        }
    }

    /** A query has crossed the link: whether it goes on to QEMU's resolver. */
    private boolean answers(ByteBuf bytes) {
        NameQuery query = NameQuery.in(Frame.of(bytes));
        if (query == null) {
            return !egress.keepsUnreadableQuery();
        }
        ByteBuf answer = answer(query);
        if (answer == null) {
            return true;
        }
        offered(Direction.DOWNSTREAM, Frame.of(answer));
        return false;
    }

    private @Nullable ByteBuf answer(NameQuery query) {
        if (radio.profile().access().names() == Access.Names.FAILING) {
            return query.failure(NameQuery.SERVER_FAILURE);
        }
        if (names.serves(query.name())) {
            return query.answer(FrameRelay.HOST_ADDRESS);
        }
        return egress.keepsName(query.name()) ? query.failure(NameQuery.NO_SUCH_NAME) : null;
    }

    /** One pair of ends; what is drawn for its packets goes by the order in which such pairs were first seen. */
    private final class Flow {
        private final PacketSequence upstream;
        private final PacketSequence downstream;
        private final Mapping mapping;
        private boolean forgotten;

        Flow(long now) {
            long number = FIRST_FLOW + flowsMade++;
            upstream = new PacketSequence(seed, number, Direction.UPSTREAM);
            downstream = new PacketSequence(seed, number, Direction.DOWNSTREAM);
            mapping = new Mapping(radio, now);
        }

        PacketSequence course(Direction direction) {
            return direction == Direction.UPSTREAM ? upstream : downstream;
        }

        /** Whether the NAT lets a packet through; one from the device makes a mapping where there is none. */
        boolean isKnown(Direction direction, long now) {
            Duration idleMax = radio.profile().nat().udpIdleMax();
            if (mapping.isForgotten(idleMax, now)) {
                if (!forgotten) {
                    Duration idle = Duration.ofNanos(mapping.idleNanos(now));
                    path.emit(new LinkEvent.NatExpired(
                            0, idle, radio.profile().nat().expiry()));
                }
                forgotten = direction == Direction.DOWNSTREAM;
                if (forgotten) {
                    return false;
                }
                mapping.open(now);
            }
            mapping.touch(now);
            return true;
        }
    }
}
