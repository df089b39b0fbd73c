package io.fieldloop.device.modem;

import io.fieldloop.device.attempt.SocketWitness;
import io.fieldloop.device.modem.grammar.ModemKind;
import io.fieldloop.device.modem.grammar.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The sockets of one modem by their ids, and what it says of them. */
final class ModemSockets implements ModemSocket.Owner {

    /** Says lines, with their gaps filled. */
    interface Teller {
        void tell(List<Template> lines, UnaryOperator<String> values);
    }

    private final ModemKind kind;
    private final ModemNetwork network;
    private final Teller teller;
    private final Map<Integer, ModemSocket> sockets = new HashMap<>();
    private final Map<Integer, SocketWitness> witnesses = new HashMap<>();

    ModemSockets(ModemKind kind, ModemNetwork network, Teller teller) {
        this.kind = kind;
        this.network = network;
        this.teller = teller;
    }

    void witness(int id, SocketWitness witness) {
        witnesses.put(id, witness);
    }

    @Nullable
    Throwable seen(int id) {
        ModemSocket socket = sockets.get(id);
        return socket == null ? null : socket.seen();
    }

    @Nullable
    ModemSocket find(int id) {
        return sockets.get(id);
    }

    void open(int id, String type, String host, int port, boolean tls) {
        ModemSocket socket = new ModemSocket(id, type, host, port, tls, this, pipeline -> {}, witnesses.remove(id));
        close(id);
        sockets.put(id, socket);
        socket.open(network);
    }

    void close(int id) {
        ModemSocket socket = sockets.remove(id);
        if (socket != null) {
            socket.close();
        }
    }

    void closeAll() {
        sockets.values().forEach(ModemSocket::close);
        sockets.clear();
        witnesses.clear();
    }

    @Override
    public void opened(ModemSocket socket, String problem) {
        String error = problem.isEmpty() ? "0" : kind.errors().getOrDefault(problem, "1");
        teller.tell(kind.event("opened", socket.isTls()), values(socket, "error", error));
    }

    @Override
    public void received(ModemSocket socket, byte[] bytes) {
        String length = Integer.toString(bytes.length);
        String hex = Hex.of(bytes);
        UnaryOperator<String> known = values(socket, "length", length);
        teller.tell(
                kind.event(socket.isDatagram() ? "datagram" : "stream", socket.isTls()),
                gap -> gap.equals("hex") ? hex : known.apply(gap));
    }

    @Override
    public void lost(ModemSocket socket) {
        teller.tell(
                kind.event("lost", socket.isTls()),
                values(socket, "error", kind.errors().getOrDefault("closed", "1")));
    }

    private static UnaryOperator<String> values(ModemSocket socket, String name, String value) {
        return gap -> {
            String own = gap.equals(name) ? value : socket.value(gap);
            return own == null ? "" : own;
        };
    }
}
