package io.fieldloop.device;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.profile.DeviceProfile;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Measures the heap of an online device and the CPU time of bringing one online; run by hand, see the README. */
public final class DeviceFootprint {

    private static final int DEVICES = 5_000;

    private DeviceFootprint() {}

    public static void main(String[] arguments) {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
        LocalAddress gateway = new LocalAddress("gateway");
        new ServerBootstrap()
                .group(group)
                .channel(LocalServerChannel.class)
                .childHandler(new Greeter())
                .bind(gateway)
                .syncUninterruptibly();
        Dialer dialer = (loop, host, port, pipeline) -> new Bootstrap()
                .group(loop)
                .channel(LocalChannel.class)
                .handler(pipeline)
                .connect(gateway);
        DeviceRuntime runtime =
                new DeviceRuntime(group.next(), dialer, Bench.seeded(), InstantSource.fixed(Instant.EPOCH));
        online(runtime, 500); // warm-up
        long before = usedHeap();
        long cpuBefore =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
        List<Device> devices = online(runtime, DEVICES);
        long cpu =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() - cpuBefore;
        long used = usedHeap() - before;
        System.out.printf(
                "%d devices online: %d bytes of heap each (both ends of the channel), %d us of CPU each%n",
                devices.size(), used / DEVICES, cpu / DEVICES / 1000);
        group.shutdownGracefully();
    }

    private static List<Device> online(DeviceRuntime runtime, int count) {
        List<Device> devices = new ArrayList<>();
        List<CompletableFuture<ConnectOutcome>> outcomes = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Device device = new Device(
                    DeviceConfig.of("device-" + number, DeviceProfile.named("xiaozhi-wifi"), Bench.URL),
                    runtime,
                    event -> {});
            devices.add(device);
            outcomes.add(device.openChannel());
        }
        outcomes.forEach(CompletableFuture::join);
        return devices;
    }

    private static long usedHeap() {
        for (int round = 0; round < 3; round++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Answers every first message with 101 and every second with the hello. */
    @io.netty.channel.ChannelHandler.Sharable
    private static final class Greeter extends ChannelInboundHandlerAdapter {
        private static final byte[] HELLO = Bench.SERVER_HELLO.getBytes(StandardCharsets.UTF_8);

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            boolean request = bytes.getByte(bytes.readerIndex()) == 'G';
            bytes.release();
            ctx.writeAndFlush(
                    request
                            ? Unpooled.copiedBuffer("HTTP/1.1 101 Switching Protocols\r\n\r\n", StandardCharsets.UTF_8)
                            : Unpooled.buffer()
                                    .writeByte(0x81)
                                    .writeByte(126)
                                    .writeShort(HELLO.length)
                                    .writeBytes(HELLO));
        }
    }
}
