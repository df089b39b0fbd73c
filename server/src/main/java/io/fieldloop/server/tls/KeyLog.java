package io.fieldloop.server.tls;

/**
 * Receives the secrets of each session, so that a capture of it can be read.
 *
 * <p>The lines are those of the NSS key log format (draft-ietf-tls-keylogfile), without line end, as Wireshark takes them. Called on
 * the connection's event loop.
 */
@FunctionalInterface
public interface KeyLog {
    void line(String nssLine);
}
