package io.fieldloop.scenario.rig.name;

import io.fieldloop.device.link.event.NameReply;
import io.fieldloop.device.link.event.RecordType;
import io.fieldloop.device.link.name.NameServer;
import io.fieldloop.scenario.model.NameSpec;
import io.fieldloop.scenario.model.NamedPlace;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The scenario's name server: what it says of each name it was told of. May be asked from any thread. */
public final class NameZone implements NameServer {
    private final Map<String, NameSpec> names;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    public NameZone(Map<String, NameSpec> names) {
        this.names = new ConcurrentHashMap<>(names);
    }

    /** Says that of the name from now on, which it knew already. */
    public void say(String host, NameSpec name) {
        names.put(host, name);
    }

    /** Whether that host is reached by an address from here: it has such a name, or is written as an address while there are names. */
    public boolean knows(String host) {
        return names.containsKey(host)
                || (!names.isEmpty() && (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)));
    }

    /** Whether there is anything to say. */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** Whether a record of it leads there. */
    public boolean leadsTo(NamedPlace place) {
        return names.values().stream()
                .anyMatch(name -> name.a().contains(place) || name.aaaa().contains(place));
    }

    @Override
    public Answer answer(String host, RecordType type) {
        NameSpec name = names.get(host);
        if (name == null) {
            throw new IllegalArgumentException("nothing is known of " + host);
        }
        List<InetAddress> addresses = new ArrayList<>(records(name, type).toList());
        if (name.rotates()) {
            Collections.rotate(addresses, -answers.merge(host + type, 1, Integer::sum) + 1);
        }
        return new Answer(
                name.says(), name.says() == NameReply.RECORDS ? addresses : List.of(), name.after(), name.ttl());
    }

    private static Stream<InetAddress> records(NameSpec name, RecordType type) {
        boolean sixth = type == RecordType.AAAA;
        return (sixth ? name.aaaa() : name.a()).stream().map(place -> place.address(sixth));
    }
}
