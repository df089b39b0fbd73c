package io.fieldloop.qemu.link;

import io.fieldloop.device.link.name.NameServer;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The host names a {@link FrameLink} answers for, all with the address that leads to the host's loopback; any other
 * query goes on to QEMU's resolver. Safe for use by several threads.
 */
public final class NameService {
    /** The address that leads to the host's loopback. */
    public static final InetAddress HOST = NetUtil.createInetAddressFromIpAddressString(PortMap.HOST.text(false));

    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final Map<String, NameServer> servers = new ConcurrentHashMap<>();

    public NameService(String... names) {
        for (String name : names) {
            serve(name);
        }
    }

    /** Answers for that name from now on; {@code *.example.test} stands for all names below {@code example.test}. */
    public void serve(String name) {
        names.add(canonical(name));
    }

    /** Has {@code server} say what there is to say of that name, from any thread. */
    public void serve(String name, NameServer server) {
        servers.put(canonical(name), server);
    }

    @Nullable
    NameServer serverOf(String name) {
        return servers.get(canonical(name));
    }

    /** Whether that name is answered here, however it is spelled (RFC 4343). */
    public boolean serves(String name) {
        String asked = canonical(name);
        if (names.contains(asked)) {
            return true;
        }
        for (int dot = asked.indexOf('.'); dot >= 0; dot = asked.indexOf('.', dot + 1)) {
            if (names.contains("*" + asked.substring(dot))) {
                return true;
            }
        }
        return false;
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
