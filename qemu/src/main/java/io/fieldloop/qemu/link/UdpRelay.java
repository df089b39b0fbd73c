package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.DropReason;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.RecordType;
import io.fieldloop.device.link.model.DatagramFlow;
import io.fieldloop.device.link.model.LinkState;
import io.fieldloop.device.link.name.NameServer;
import io.fieldloop.device.link.profile.Access;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.NameQuery;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the link does to UDP: NAT mappings, which what the device sends makes anew, and name queries, which the far side
 * of the link answers when it knows the name.
 */
final class UdpRelay {
    private static final int FLOWS_MAX = 1024;
    // Below the ports that lwIP takes for itself, so that none is given twice.
    private static final int FIRST_NAT_PORT = 20_000;
    private static final int NAT_PORTS = 20_000;
    // What is drawn goes by the order in which pairs of ends were first seen; TCP connections are numbered from 1.
    private static final long FIRST_FLOW = 1L << 32;

    private final LinkState link;
    private final NameService names;
    private final PortMap ports;
    private final EgressGuard egress;
    private final FramePath path;
    private final Map<FlowKey, UdpFlow> byDevice = new LinkedHashMap<>();
    private final Map<FlowKey, UdpFlow> byNetwork = new HashMap<>();
    private long flowsMade;
    private int portsGiven;
    private volatile byte @Nullable [] recorded;

    UdpRelay(LinkState link, NameService names, PortMap ports, EgressGuard egress, FramePath path) {
        this.link = link;
        this.names = names;
        this.ports = ports;
        this.egress = egress;
        this.path = path;
    }

    /** What the device sent first on its newest way, for whoever plays a recorder; null before that. May be called from any thread. */
    byte @Nullable [] recorded() {
        return recorded;
    }

    /** Takes over a frame with a datagram. */
    void offered(Direction direction, Frame frame) {
        UdpFlow flow = flow(direction, frame);
        boolean isQuery = direction == Direction.UPSTREAM && NameQuery.isFor(frame);
        if (link.radio().refuses(path.now())) {
            path.drop(direction, 0, frame, DropReason.OUTAGE);
        } else if (isQuery && link.profile().access().names() == Access.Names.SILENT) {
            path.drop(direction, 0, frame, DropReason.DNS_SILENT);
        } else if (!flow.key().isForAddresses() && link.profile().access().udp().blocks(direction)) {
            path.drop(direction, 0, frame, DropReason.UDP_BLOCKED);
        } else if (meetNat(direction, flow) == DatagramFlow.Nat.FORGOTTEN) {
            path.drop(direction, 0, frame, DropReason.NAT_EXPIRED);
        } else {
            FrameArrival arrival = isQuery ? this::answers : flow.arrival(direction);
            path.send(direction, flow.life().sequence(direction), 0, frame, arrival);
        }
    }

    private UdpFlow flow(Direction direction, Frame frame) {
        FlowKey key = FlowKey.of(direction, frame);
        UdpFlow known = (direction == Direction.UPSTREAM ? byDevice : byNetwork).get(key);
        if (known != null) {
            return known;
        }
        PortMap.Place place = direction == Direction.UPSTREAM
                ? ports.placeOf(key.remoteAddress(), key.remotePort())
                : new PortMap.Place(key.remoteAddress(), key.remotePort());
        UdpFlow flow = new UdpFlow(key, new DatagramFlow(link, FIRST_FLOW + flowsMade++, 0), place);
        if (byDevice.size() >= FLOWS_MAX) {
            Iterator<UdpFlow> oldest = byDevice.values().iterator();
            byNetwork.remove(oldest.next().networkKey());
            oldest.remove();
        }
        byDevice.put(flow.key(), flow);
        byNetwork.put(flow.networkKey(), flow);
        if (direction == Direction.UPSTREAM && !key.isForAddresses()) {
            recorded = ByteBufUtil.getBytes(frame.datagram());
        }
        return flow;
    }

    private DatagramFlow.Nat meetNat(Direction direction, UdpFlow flow) {
        DatagramFlow.Nat met = flow.life().meetNat(direction);
        if (met == DatagramFlow.Nat.MADE_ANEW && !flow.key().isForAddresses()) {
            byNetwork.remove(flow.networkKey());
            flow.rebind(FIRST_NAT_PORT + portsGiven++ % NAT_PORTS);
            byNetwork.put(flow.networkKey(), flow);
        }
        return met;
    }

    /** A query has crossed the link: whether it goes on to QEMU's resolver. */
    private boolean answers(ByteBuf bytes) {
        NameQuery query = NameQuery.in(Frame.of(bytes));
        if (query == null) {
            return !egress.keepsUnreadableQuery();
        }
        NameServer server = names.serverOf(query.name());
        RecordType type = query.type();
        boolean fails = link.profile().access().names() == Access.Names.FAILING;
        if (server != null && type != null && !fails) {
            ask(server, query, type);
            return false;
        }
        ByteBuf answer = answer(query);
        if (answer == null) {
            return true;
        }
        offered(Direction.DOWNSTREAM, Frame.of(answer));
        return false;
    }

    /** The answer is made at once, since the query's bytes go, and sent when the server has thought. */
    private void ask(NameServer server, NameQuery query, RecordType type) {
        path.emit(new LinkEvent.NameAsked(query.name(), type));
        NameServer.Answer answer = server.answer(query.name(), type);
        ByteBuf reply = switch (answer.reply()) {
            case RECORDS -> query.answer(answer.addresses(), answer.timeToLive().toSeconds());
            case SERVFAIL -> query.failure(NameQuery.SERVER_FAILURE);
            case NXDOMAIN -> query.failure(NameQuery.NO_SUCH_NAME);
            case SILENCE -> null;
        };
        if (reply != null) {
            link.loop()
                    .schedule(
                            () -> {
                                path.emit(answer.told(query.name(), type, answer.after()));
                                offered(Direction.DOWNSTREAM, Frame.of(reply));
                            },
                            answer.after().toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    private @Nullable ByteBuf answer(NameQuery query) {
        if (link.profile().access().names() == Access.Names.FAILING) {
            return query.failure(NameQuery.SERVER_FAILURE);
        }
        if (names.serves(query.name())) {
            return query.answer(NameService.HOST);
        }
        return egress.keepsName(query.name()) ? query.failure(NameQuery.NO_SUCH_NAME) : null;
    }
}
