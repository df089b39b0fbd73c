package io.fieldloop.oracle;

import io.fieldloop.server.pki.CertificateChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration of one nginx: {@code nginx.conf} of the test resources with free ports in place of its names.
 *
 * @param directory where it is, with the certificate and all that nginx writes
 * @param ports the port of each server, by the name it has in the file
 */
record NginxSite(Path directory, Map<String, Integer> ports) {
    private static final Pattern LISTENS = Pattern.compile("listen 127\\.0\\.0\\.1:@([a-z0-9-]+)@");

    /** Writes it; {@code upstreams} are the ports behind nginx, by name. */
    static NginxSite write(Path directory, Map<String, Integer> upstreams, CertificateChain chain) {
        try {
            String text = Files.readString(OutsideProgram.resource("nginx/nginx.conf"));
            Map<String, Integer> ports = new LinkedHashMap<>();
            for (Matcher listens = LISTENS.matcher(text); listens.find(); ) {
                ports.put(listens.group(1), freePortOtherThan(ports.values()));
            }
            text = text.replace("@directory@", directory.toString());
            for (Map<String, Integer> known : java.util.List.of(ports, upstreams)) {
                for (Map.Entry<String, Integer> port : known.entrySet()) {
                    text = text.replace("@" + port.getKey() + "@", String.valueOf(port.getValue()));
                }
            }
            Files.writeString(directory.resolve("nginx.conf"), text);
            Files.writeString(directory.resolve("chain.pem"), chain.certificatesPem());
            Files.writeString(directory.resolve("key.pem"), chain.keyPem());
            return new NginxSite(directory, Map.copyOf(ports));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return directory.resolve("nginx.conf");
    }

    /** The system may give the same port twice, and nginx would make one server of two. */
    private static int freePortOtherThan(Collection<Integer> taken) {
        int port = freePort();
        return taken.contains(port) ? freePortOtherThan(taken) : port;
    }

    /** A port nobody has; nginx cannot tell which one the system would give it. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
