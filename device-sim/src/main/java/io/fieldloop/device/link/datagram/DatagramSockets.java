package io.fieldloop.device.link.datagram;

import io.fieldloop.device.link.model.DatagramFlow;
import io.fieldloop.device.link.model.LinkState;
import io.fieldloop.device.link.model.PacketModel;
import io.fieldloop.device.link.model.PacketReports;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The datagram sockets over one link, numbered in the order they were made. */
public final class DatagramSockets {
    // Byte streams are numbered from 1; what is drawn for datagrams goes by numbers of their own.
    private static final long FIRST = 1L << 32;

    private final LinkState link;
    private final PacketModel model;
    private final PacketReports reports;
    private volatile byte @Nullable [] recorded;
    private final AtomicLong made = new AtomicLong();

    public DatagramSockets(LinkState link) {
        this.link = link;
        this.model = new PacketModel(link.radio());
        this.reports = new PacketReports(link, model);
    }

    /** A handler to put first in the pipeline of a connected datagram channel; {@code remap} gives that another source port. */
    public DatagramLinkHandler add(Consumer<Channel> remap) {
        return new DatagramLinkHandler(this, FIRST + made.getAndIncrement(), remap);
    }

    /** Reports what has not been reported. */
    public void close() {
        reports.flush();
    }

    /** The first datagram of a socket leaves the link on its far side. */
    void record(ByteBuf payload) {
        recorded = ByteBufUtil.getBytes(payload);
    }

    /** What left the newest socket first; null before that. */
    public byte @Nullable [] recorded() {
        return recorded;
    }

    LinkState link() {
        return link;
    }

    PacketModel model() {
        return model;
    }

    PacketReports reports() {
        return reports;
    }

    DatagramFlow newFlow(long number) {
        return new DatagramFlow(link, number, 0);
    }
}
