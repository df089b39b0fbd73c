package io.fieldloop.scenario.diagnose.tcp;

import io.fieldloop.scenario.diagnose.capture.Address;
import io.fieldloop.scenario.diagnose.capture.Frame;

/** The two ends of a connection: who opened it, and whom to. */
public record Ends(long clientHigh, long clientLow, int clientPort, long serverHigh, long serverLow, int serverPort) {
    public static Ends ofSender(Frame frame) {
        Address from = frame.source();
        Address to = frame.destination();
        return new Ends(from.high(), from.low(), frame.sourcePort(), to.high(), to.low(), frame.destinationPort());
    }

    public Ends swapped() {
        return new Ends(serverHigh, serverLow, serverPort, clientHigh, clientLow, clientPort);
    }

    boolean isFromClient(Frame frame) {
        return frame.sourcePort() == clientPort
                && frame.source().low() == clientLow
                && frame.source().high() == clientHigh
                && (frame.destinationPort() == serverPort || clientPort != serverPort);
    }

    public String client() {
        return Address.text(clientHigh, clientLow);
    }

    public String server() {
        return Address.text(serverHigh, serverLow);
    }

    /** {@code 10.0.0.7:49152 -> 192.0.2.1:443}, IPv6 addresses in brackets. */
    @Override
    public String toString() {
        return place(client(), clientPort) + " -> " + place(server(), serverPort);
    }

    private static String place(String address, int port) {
        return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port;
    }
}
