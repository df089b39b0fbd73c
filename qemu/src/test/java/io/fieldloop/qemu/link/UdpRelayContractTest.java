package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.Direction;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The frame link: UDP in Ethernet frames goes in and comes out. */
final class UdpRelayContractTest extends DatagramContract {

    @Override
    LinkSubject open() {
        return new Frames();
    }

    private static final class Frames extends RelaySubject {
        private static final int DEVICE_PORT = 4000;
        private static final int GATEWAY_PORT = 8884;
        /** Ethernet, IPv4 and UDP headers. */
        private static final int HEADER_BYTES = 42;

        Frames() {
            super(new RelayBench(7));
        }

        @Override
        public void deviceSays(String text) {
            bench.udp(Direction.UPSTREAM, DEVICE_PORT, GATEWAY_PORT, text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void gatewaySays(String text) {
            bench.udp(Direction.DOWNSTREAM, GATEWAY_PORT, DEVICE_PORT, text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void until(long millis) {
            while (bench.millis() < millis - 1e-6) {
                bench.after(Duration.ofMillis(1));
            }
        }

        @Override
        public List<String> atGateway() {
            return arrived(Direction.UPSTREAM);
        }

        @Override
        public List<String> atDevice() {
            return arrived(Direction.DOWNSTREAM);
        }

        private List<String> arrived(Direction direction) {
            return bench.arrivals.stream()
                    .filter(arrival -> arrival.direction() == direction)
                    .map(arrival -> Math.round(arrival.millis()) + " "
                            + payload(arrival.frame().bytes()))
                    .toList();
        }

        private static String payload(ByteBuf frame) {
            return frame.toString(HEADER_BYTES, frame.readableBytes() - HEADER_BYTES, StandardCharsets.US_ASCII);
        }

        @Override
        public List<LinkEvent> events() {
            return bench.events;
        }
    }
}
