#!/bin/sh
# WebSocket clients: ws 8.23.0, websocket 1.0.35, faye-websocket 0.11.4, undici 7.16.0 (npm, Node.js 20 or newer); Java-WebSocket 1.6.0,
# nv-websocket-client 2.14, OkHttp 5.1.0, AsyncHttpClient 3.0.2 and the JDK's own (17 or newer), with Maven.
#
# Guess: a client takes `Connection: keep-alive, Upgrade` (RFC 6455, section 4.1: the header has to contain the token), and reads on behind
#        an interim answer (RFC 9110, section 15.2: a client has to, asked for or not).
# Seen:  of nine only ws takes both. websocket, faye-websocket, undici, OkHttp, AsyncHttpClient and the JDK's want Upgrade alone
#        in Connection. Java-WebSocket, nv-websocket-client and AsyncHttpClient take 103 Early Hints for the answer.
# Means: a proxy that adds keep-alive, or one that sends hints, shuts out some desktop clients while others, and devices that do not look at
#        Connection, get through: a client library that refuses is no proof that the server is wrong.
set -eu
dir=$(mktemp -d)
trap 'kill "$server" 2>/dev/null; rm -rf "$dir"' EXIT
server=
cd "$dir"
npm install --silent --no-fund --no-audit ws@8.23.0 websocket@1.0.35 faye-websocket@0.11.4 undici@7.16.0 >/dev/null
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencies>
<dependency><groupId>org.java-websocket</groupId><artifactId>Java-WebSocket</artifactId><version>1.6.0</version></dependency>
<dependency><groupId>com.neovisionaries</groupId><artifactId>nv-websocket-client</artifactId><version>2.14</version></dependency>
<dependency><groupId>com.squareup.okhttp3</groupId><artifactId>okhttp-jvm</artifactId><version>5.1.0</version></dependency>
<dependency><groupId>org.asynchttpclient</groupId><artifactId>async-http-client</artifactId><version>3.0.2</version></dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency></dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat >server.mjs <<'JS'
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
createServer(socket => {
  let request = '';
  socket.on('error', () => {});
  socket.on('data', bytes => {
    if (request.includes('\r\n\r\n')) return;
    request += bytes.toString('latin1');
    if (!request.includes('\r\n\r\n')) return;
    const key = /sec-websocket-key: *(\S+)/i.exec(request)[1];
    const accept = createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
    const hints = request.startsWith('GET /hints') ? 'HTTP/1.1 103 Early Hints\r\nLink: </page.css>; rel=preload\r\n\r\n' : '';
    const connection = request.startsWith('GET /list') ? 'keep-alive, Upgrade' : 'Upgrade';
    socket.write(`${hints}HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: ${connection}\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    setTimeout(() => socket.write(Buffer.from('\x81\x05hello', 'latin1')), 200);
  });
}).listen(18987, '127.0.0.1');
JS
node server.mjs &
server=$!
sleep 2
cat >clients.mjs <<'JS'
import faye from 'faye-websocket';
import { WebSocket as Undici } from 'undici';
import websocket from 'websocket';
import { WebSocket } from 'ws';
const events = Kind => (url, done) => {
  const client = new Kind(url);
  client.onmessage = () => done('takes it');
  client.onerror = () => done('refuses it');
};
const clients = { ws: events(WebSocket), websocket: events(websocket.w3cwebsocket), 'faye-websocket': events(faye.Client), undici: events(Undici) };
for (const [name, connect] of Object.entries(clients)) {
  for (const way of ['plain', 'list', 'hints']) {
    const seen = await new Promise(done => { connect(`ws://127.0.0.1:18987/${way}`, done); setTimeout(done, 5000, 'says nothing'); });
    console.log(`${name}, ${way}: ${seen}`);
  }
}
process.exit();
JS
cat >Clients.java <<'JAVA'
import com.neovisionaries.ws.client.*;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.BiConsumer;
public class Clients {
    static final Map<String, BiConsumer<String, CompletableFuture<String>>> CLIENTS = new LinkedHashMap<>();
    public static void main(String[] none) throws Exception {
        CLIENTS.put("Java-WebSocket", (url, seen) -> new org.java_websocket.client.WebSocketClient(URI.create(url)) {
            public void onOpen(org.java_websocket.handshake.ServerHandshake answer) {}
            public void onMessage(String text) { seen.complete("takes it"); }
            public void onClose(int code, String reason, boolean remote) { seen.complete("refuses it"); }
            public void onError(Exception thrown) {}
        }.connect());
        CLIENTS.put("nv-websocket-client", (url, seen) -> {
            try {
                new WebSocketFactory().createSocket(url).addListener(new WebSocketAdapter() {
                    public void onTextMessage(WebSocket socket, String text) { seen.complete("takes it"); }
                    public void onConnectError(WebSocket socket, WebSocketException thrown) { seen.complete("refuses it"); }
                }).connectAsynchronously();
            } catch (java.io.IOException thrown) {
                seen.completeExceptionally(thrown);
            }
        });
        CLIENTS.put("OkHttp", (url, seen) -> new okhttp3.OkHttpClient().newWebSocket(new okhttp3.Request.Builder().url(url).build(), new okhttp3.WebSocketListener() {
            public void onMessage(okhttp3.WebSocket socket, String text) { seen.complete("takes it"); }
            public void onFailure(okhttp3.WebSocket socket, Throwable thrown, okhttp3.Response answer) { seen.complete("refuses it"); }
        }));
        org.asynchttpclient.AsyncHttpClient async = org.asynchttpclient.Dsl.asyncHttpClient();
        CLIENTS.put("AsyncHttpClient", (url, seen) -> async.prepareGet(url).execute(new org.asynchttpclient.ws.WebSocketUpgradeHandler.Builder()
                .addWebSocketListener(new org.asynchttpclient.ws.WebSocketListener() {
                    public void onOpen(org.asynchttpclient.ws.WebSocket socket) {}
                    public void onClose(org.asynchttpclient.ws.WebSocket socket, int code, String reason) {}
                    public void onError(Throwable thrown) { seen.complete("refuses it"); }
                    public void onTextFrame(String text, boolean last, int reserved) { seen.complete("takes it"); }
                }).build()));
        HttpClient jdk = HttpClient.newHttpClient();
        CLIENTS.put("JDK", (url, seen) -> jdk.newWebSocketBuilder().buildAsync(URI.create(url), new java.net.http.WebSocket.Listener() {
            public CompletionStage<?> onText(java.net.http.WebSocket socket, CharSequence text, boolean last) {
                seen.complete("takes it");
                return null;
            }
        }).exceptionally(thrown -> {
            seen.complete("refuses it");
            return null;
        }));
        for (var client : CLIENTS.entrySet()) {
            for (String way : List.of("plain", "list", "hints")) {
                CompletableFuture<String> seen = new CompletableFuture<>();
                client.getValue().accept("ws://127.0.0.1:18987/" + way, seen);
                System.out.println(client.getKey() + ", " + way + ": " + seen.completeOnTimeout("says nothing", 10, TimeUnit.SECONDS).get());
            }
        }
        System.exit(0);
    }
}
JAVA
javac -cp 'lib/*' Clients.java
{ timeout 90 node clients.mjs; timeout 120 java -cp 'lib/*:.' Clients; } >seen 2>errors || true
cat seen
cat >expected <<'TEXT'
ws, plain: takes it
ws, list: takes it
ws, hints: takes it
websocket, plain: takes it
websocket, list: refuses it
websocket, hints: takes it
faye-websocket, plain: takes it
faye-websocket, list: refuses it
faye-websocket, hints: takes it
undici, plain: takes it
undici, list: refuses it
undici, hints: takes it
Java-WebSocket, plain: takes it
Java-WebSocket, list: takes it
Java-WebSocket, hints: refuses it
nv-websocket-client, plain: takes it
nv-websocket-client, list: takes it
nv-websocket-client, hints: refuses it
OkHttp, plain: takes it
OkHttp, list: refuses it
OkHttp, hints: takes it
AsyncHttpClient, plain: takes it
AsyncHttpClient, list: refuses it
AsyncHttpClient, hints: refuses it
JDK, plain: takes it
JDK, list: refuses it
JDK, hints: takes it
TEXT
diff expected seen || { echo '  another behaviour than described'; exit 1; }
