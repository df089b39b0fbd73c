package io.fieldloop.scenario.model;

import io.fieldloop.device.link.event.NameReply;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import java.time.Duration;
import java.util.List;

/** What the name server says of one name. */
@Doc("What the name server says of a name; devices then ask it over their link, and take the first record")
public record NameSpec(
        @Doc("Where its A records lead, in the order of the answer") @Default("[]")
        List<NamedPlace> a,

        @Doc("Where its AAAA records lead, in the order of the answer") @Default("[]")
        List<NamedPlace> aaaa,

        @Doc("What it says, if not the records: servfail, nxdomain, or silence") @Default("records")
        NameReply says,

        @Doc("How long it takes, beside the way there and back") @Default("0s")
        Duration after,

        @Doc("How long a device remembers the answer") @Default("60s")
        Duration ttl,

        @Doc("Whether each answer begins with the next record, as name servers that share out load do")
        @Default("false")
        boolean rotates) {
    /** What is said of a name that nothing else is said of. */
    public static NameSpec gateway() {
        return new NameSpec(
                List.of(NamedPlace.GATEWAY), List.of(), NameReply.RECORDS, Duration.ZERO, Duration.ofMinutes(1), false);
    }

    public NameSpec {
        a = List.copyOf(a);
        aaaa = List.copyOf(aaaa);
    }
}
