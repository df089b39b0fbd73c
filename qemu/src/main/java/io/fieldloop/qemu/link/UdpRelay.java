package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.DropReason;
import io.fieldloop.device.link.model.DatagramFlow;
import io.fieldloop.device.link.model.LinkState;
import io.fieldloop.device.link.profile.Access;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.NameQuery;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the link does to UDP: NAT mappings, which what the device sends makes anew, and name queries, which the far side
 * of the link answers when it knows the name.
 */
final class UdpRelay {
    private static final int FLOWS_MAX = 1024;
    // What is drawn goes by the order in which pairs of ends were first seen; TCP connections are numbered from 1.
    private static final long FIRST_FLOW = 1L << 32;

    private final LinkState link;
    private final NameService names;
    private final EgressGuard egress;
    private final FramePath path;
    private final Map<FlowKey, DatagramFlow> flows = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<FlowKey, DatagramFlow> eldest) {
            return size() > FLOWS_MAX;
        }
    };
    private long flowsMade;

    UdpRelay(LinkState link, NameService names, EgressGuard egress, FramePath path) {
        this.link = link;
        this.names = names;
        this.egress = egress;
        this.path = path;
    }

    /** Takes over a frame with a datagram. */
    void offered(Direction direction, Frame frame) {
        FlowKey of = FlowKey.of(direction, frame);
        DatagramFlow flow = flows.computeIfAbsent(of, key -> new DatagramFlow(link, FIRST_FLOW + flowsMade++, 0));
        boolean isQuery = direction == Direction.UPSTREAM && NameQuery.isFor(frame);
        if (link.radio().refuses(path.now())) {
            path.drop(direction, 0, frame, DropReason.OUTAGE);
        } else if (isQuery && link.profile().access().names() == Access.Names.SILENT) {
            path.drop(direction, 0, frame, DropReason.DNS_SILENT);
        } else if (!of.isForAddresses() && link.profile().access().udp().blocks(direction)) {
            path.drop(direction, 0, frame, DropReason.UDP_BLOCKED);
        } else if (flow.meetNat(direction) == DatagramFlow.Nat.FORGOTTEN) {
            path.drop(direction, 0, frame, DropReason.NAT_EXPIRED);
        } else {
            path.send(direction, flow.sequence(direction), 0, frame, isQuery ? this::answers : FrameArrival.NOBODY);
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
        if (link.profile().access().names() == Access.Names.FAILING) {
            return query.failure(NameQuery.SERVER_FAILURE);
        }
        if (names.serves(query.name())) {
            return query.answer(FrameRelay.HOST_ADDRESS);
        }
        return egress.keepsName(query.name()) ? query.failure(NameQuery.NO_SUCH_NAME) : null;
    }
}
