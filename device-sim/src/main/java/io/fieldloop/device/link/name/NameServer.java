package io.fieldloop.device.link.name;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.NameReply;
import io.fieldloop.device.link.event.RecordType;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Who answers what a device asks for an address. */
@FunctionalInterface
public interface NameServer {
    Answer answer(String host, RecordType type);

    /**
     * What it says.
     *
     * @param addresses of the type that was asked for, in the order of the answer
     * @param after how long it takes, beside the way there and back
     * @param timeToLive how long the device may remember the first of them
     */
    record Answer(NameReply reply, List<InetAddress> addresses, Duration after, Duration timeToLive) {
        public Answer {
            addresses = List.copyOf(addresses);
        }

        /** The same from a server that fails. */
        Answer failing() {
            return new Answer(NameReply.SERVFAIL, List.of(), after, timeToLive);
        }

        /** What a journal says of it. */
        public LinkEvent told(String host, RecordType type, Duration elapsed) {
            String shown = String.join(
                    " ", addresses.stream().map(NetUtil::toAddressString).toList());
            return new LinkEvent.NameAnswered(host, type, reply, shown.isEmpty() ? null : shown, elapsed);
        }
    }
}
