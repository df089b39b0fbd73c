package io.fieldloop.server;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's own WebSocket client, because a gateway tested only with its own codec proves little. */
final class OutsideClient implements WebSocket.Listener {
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> binaries = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private final StringBuilder partial = new StringBuilder();

    OutsideClient(RunningGateway gateway, String deviceId) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Device-Id", deviceId)
                .header("Client-Id", "3f1c1f0e-5a3b-4b61-9c63-1d2b8b9f4a10")
                .header("Protocol-Version", "1")
                .buildAsync(gateway.uri(), this)
                .join();
    }

    WebSocket socket() {
        return socket;
    }

    String nextText() throws InterruptedException {
        String text = texts.poll(5, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("No text within 5 s");
        }
        return text;
    }

    int binaryCount() {
        return binaries.size();
    }

    int closeCode() throws InterruptedException {
        Integer code = closes.poll(5, TimeUnit.SECONDS);
        if (code == null) {
            throw new AssertionError("No close within 5 s");
        }
        return code;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            texts.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        binaries.add(data.remaining());
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closes.add(statusCode);
        return null;
    }
}
