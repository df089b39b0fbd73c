package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.Direction;
import io.fieldloop.qemu.link.packet.TcpSegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The frame link: whole TCP segments in Ethernet frames go in and come out. */
final class FrameLinkContractTest extends LinkContract {

    @Override
    LinkSubject open() {
        return new Frames();
    }

    private static final class Frames extends RelaySubject {
        private final long openedMillis = Math.round(bench.millis());
        private final int eventsBefore = bench.events.size();
        private int deviceSaid;
        private int gatewaySaid;

        Frames() {
            super(new RelayBench(7).opened());
        }

        @Override
        public void deviceSays(String text) {
            bench.deviceSays(deviceSaid, text);
            deviceSaid += text.length();
        }

        @Override
        public void gatewaySays(String text) {
            bench.gatewaySays(gatewaySaid, text);
            gatewaySaid += text.length();
        }

        @Override
        public void until(long millis) {
            while (bench.millis() < openedMillis + millis - 1e-6) {
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

        /** An end of TCP takes the first end it is told; what a reset is repeated with is for it to choose from. */
        private List<String> arrived(Direction direction) {
            List<String> arrived = new ArrayList<>();
            for (RelayBench.Arrived arrival : bench.arrivals) {
                if (arrival.direction() != direction) {
                    continue;
                }
                String at = Math.round(arrival.millis() - openedMillis) + " ";
                TcpSegment segment = arrival.segment();
                if (segment.payloadBytes() > 0) {
                    arrived.add(at + arrival.text());
                }
                if (segment.has(TcpSegment.RST) || segment.has(TcpSegment.FIN)) {
                    arrived.add(at + (segment.has(TcpSegment.RST) ? "reset" : "fin"));
                    break;
                }
            }
            return arrived;
        }

        @Override
        public List<LinkEvent> events() {
            return bench.events.subList(eventsBefore, bench.events.size());
        }
    }
}
