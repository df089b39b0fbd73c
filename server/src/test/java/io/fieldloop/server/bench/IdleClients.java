package io.fieldloop.server.bench;

import io.fieldloop.server.MqttBytes;
import io.fieldloop.server.Requests;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Many devices in a process of their own: each connects, upgrades, exchanges hellos, and says nothing more.
 *
 * <p>Arguments: port, {@code ws}, {@code wss} or {@code mqtt}, how many. Prints one line when the last is online and ends with its standard input.
 */
final class IdleClients {
    private static final String HELLO =
            "{\"type\":\"hello\",\"version\":1,\"transport\":\"websocket\",\"audio_params\":"
                    + "{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}";

    private IdleClients() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        SocketFactory sockets = arguments[1].equals("wss") ? trustingAll() : SocketFactory.getDefault();
        int count = Integer.parseInt(arguments[2]);
        List<Socket> online = new ArrayList<>();
        while (online.size() < count) {
            online.add(arguments[1].equals("mqtt") ? connectMqtt(port, online.size()) : connect(sockets, port));
        }
        System.out.println("online");
        while (System.in.read() >= 0) {
            // What arrives is of no interest; the end of it is.
        }
        for (Socket socket : online) {
            socket.close();
        }
    }

    private static Socket connectMqtt(int port, int number) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        String mac = String.format(Locale.ROOT, "02_00_00_00_%02x_%02x", number >> 8, number & 0xff);
        String run = String.valueOf(ProcessHandle.current().pid());
        socket.getOutputStream().write(MqttBytes.connect("GID_" + run + "@@@" + mac + "@@@" + mac));
        socket.getOutputStream()
                .write(MqttBytes.publish("device-server", "{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\"}"));
        readUntil(socket, "\"nonce\"");
        return socket;
    }

    private static SocketFactory trustingAll() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.2");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private static Socket connect(SocketFactory sockets, int port) throws IOException {
        Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true); // else each TLS flight waits for a delayed acknowledgement
        if (socket instanceof SSLSocket secure) {
            secure.setEnabledProtocols(new String[] {"TLSv1.2"}); // what ESP-IDF speaks unless told otherwise
            secure.startHandshake();
            secure.getSession().invalidate(); // the next one is to be a new session too
        }
        socket.getOutputStream().write(Requests.upgrade().text().getBytes(StandardCharsets.US_ASCII));
        readUntil(socket, "\r\n\r\n");
        socket.getOutputStream().write(frame(HELLO.getBytes(StandardCharsets.US_ASCII)));
        readUntil(socket, "\"session_id\"");
        return socket;
    }

    /** A masked text frame; a mask of zeros leaves the text as it is. */
    private static byte[] frame(byte[] text) {
        byte[] frame = new byte[8 + text.length];
        frame[0] = (byte) 0x81; // FIN, text
        frame[1] = (byte) 0xFE; // masked, 16-bit length
        frame[2] = (byte) (text.length >> 8);
        frame[3] = (byte) text.length;
        System.arraycopy(text, 0, frame, 8, text.length);
        return frame;
    }

    private static void readUntil(Socket socket, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new EOFException("The gateway closed after \"" + read + "\"");
            }
            read.append((char) octet);
        }
    }
}
