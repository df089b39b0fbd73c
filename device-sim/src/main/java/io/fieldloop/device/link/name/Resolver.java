package io.fieldloop.device.link.name;

import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.LinkListener;
import io.fieldloop.device.link.event.NameReply;
import io.fieldloop.device.link.event.RecordType;
import io.fieldloop.device.link.model.NameQuery;
import io.fieldloop.device.link.profile.Access;
import io.fieldloop.device.link.profile.LinkProfile;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A device's side of name resolution, as lwIP has it: one address for a name, the first of the answer, and no second try with another.
 *
 * <p>getaddrinfo() of AF_UNSPEC asks for A, and for AAAA only where the answer is empty; an answer that names an error ends it at once,
 * unless there is a second server, which no scenario has. It looks neither at what the network carries (netdb.c: "todo: implement
 * AI_ADDRCONFIG") nor, in esp_tls.c, at a second address. Sources: esp-lwip 2.1.3 src/core/dns.c dns_recv() and dns_check_entry(),
 * src/api/netdb.c lwip_getaddrinfo(); ESP-IDF 5.5 esp_tls_hostname_to_fd(). Lives on the link's loop.
 */
public final class Resolver {
    private final NameServer server;
    private final Link link;
    private final LinkListener listener;
    private final Map<String, Remembered> remembered = new HashMap<>();

    public Resolver(NameServer server, Link link, LinkListener listener) {
        this.server = server;
        this.link = link;
        this.listener = listener;
    }

    private record Remembered(InetAddress address, long untilNanos) {}

    /** Asks, unless it still knows; {@code then} is given null where the name does not resolve. */
    public void resolve(String host, Consumer<@Nullable InetAddress> then) {
        Remembered known = remembered.get(host);
        if (known != null && nanoTime() < known.untilNanos()) {
            then.accept(known.address());
        } else {
            ask(host, RecordType.A, then);
        }
    }

    private void ask(String host, RecordType type, Consumer<@Nullable InetAddress> then) {
        listener.onEvent(new LinkEvent.NameAsked(host, type));
        Access.Names names = link.profile().access().names();
        NameServer.Answer said = server.answer(host, type);
        NameServer.Answer answer = names == Access.Names.FAILING ? said.failing() : said;
        boolean heard = names != Access.Names.SILENT && answer.reply() != NameReply.SILENCE;
        long answeredNanos = roundTripNanos() + answer.after().toNanos();
        OptionalLong givesUp =
                NameQuery.failsAfterNanos(heard ? Access.Names.ANSWERED : Access.Names.SILENT, answeredNanos);
        if (heard) {
            schedule(answeredNanos, () -> {
                listener.onEvent(answer.told(host, type, Duration.ofNanos(answeredNanos)));
                if (givesUp.isEmpty()) {
                    answered(host, type, answer, then);
                }
            });
        }
        givesUp.ifPresent(after -> schedule(after, () -> then.accept(null)));
    }

    private void answered(
            String host, RecordType type, NameServer.Answer answer, Consumer<@Nullable InetAddress> then) {
        if (!answer.addresses().isEmpty()) {
            InetAddress first = answer.addresses().get(0);
            remembered.put(
                    host, new Remembered(first, nanoTime() + answer.timeToLive().toNanos()));
            then.accept(first);
        } else if (answer.reply() == NameReply.RECORDS && type == RecordType.A) {
            ask(host, RecordType.AAAA, then);
        } else {
            then.accept(null);
        }
    }

    private long roundTripNanos() {
        LinkProfile profile = link.profile();
        return profile.upstream()
                .delay()
                .mean()
                .plus(profile.downstream().delay().mean())
                .toNanos();
    }

    private long nanoTime() {
        return link.loop().ticker().nanoTime();
    }

    private void schedule(long afterNanos, Runnable task) {
        link.loop().schedule(task, afterNanos, TimeUnit.NANOSECONDS);
    }
}
