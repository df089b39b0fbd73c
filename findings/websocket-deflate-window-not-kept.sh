#!/bin/sh
# Jetty 12.1.14, Undertow 2.4.4, Java-WebSocket 1.6.0 with permessage-deflate; Netty 4.2.18 beside them. JDK 17 or newer, Maven, Node.js 20.
#
# Guess: an offer with `server_max_window_bits=9` is agreed to and kept, or declined, as RFC 7692 (7.1.2.1) demands; Java's Deflater has
#        no window to set, so declined.
# Seen:  only Netty declines. The other three answer `permessage-deflate` without the parameter and compress with up to 32 KiB of
#        window: an inflater of 512 bytes reads short messages and fails at the first that repeats something from farther back.
# Means: a device that asks for a small window to save memory works in the first tests and then breaks on some long messages, as if
#        the link had garbled them. It has to look into the answer, and close (the RFC says so) where the parameter is missing.
set -eu
dir=$(mktemp -d)
trap 'kill "$servers" 2>/dev/null; rm -rf "$dir"' EXIT
servers=
cd "$dir"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencies>
<dependency><groupId>org.eclipse.jetty.websocket</groupId><artifactId>jetty-websocket-jetty-server</artifactId><version>12.1.14</version></dependency>
<dependency><groupId>io.undertow</groupId><artifactId>undertow-core</artifactId><version>2.4.4.Final</version></dependency>
<dependency><groupId>org.java-websocket</groupId><artifactId>Java-WebSocket</artifactId><version>1.6.0</version></dependency>
<dependency><groupId>io.netty</groupId><artifactId>netty-codec-http</artifactId><version>4.2.18.Final</version></dependency>
</dependencies></project>
XML
cat >Servers.java <<'JAVA'
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.*;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.*;
import io.netty.handler.codec.http.websocketx.*;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.undertow.Undertow;
import io.undertow.websockets.*;
import io.undertow.websockets.core.*;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.net.InetSocketAddress;
import java.util.*;
import org.eclipse.jetty.websocket.api.*;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** Each server sends, for every text that it gets, a text of that many characters twice in a row. */
public class Servers {
    static String answer(String length) {
        byte[] bytes = new byte[Integer.parseInt(length) / 2];
        new Random(1).nextBytes(bytes);
        return HexFormat.of().formatHex(bytes).repeat(2);
    }

    public static class JettySocket extends Session.Listener.AbstractAutoDemanding {
        @Override public void onWebSocketText(String length) { getSession().sendText(answer(length), Callback.NOOP); }
    }

    public static void main(String[] args) throws Exception {
        var jetty = new org.eclipse.jetty.server.Server(new InetSocketAddress("127.0.0.1", 18971));
        jetty.setHandler(WebSocketUpgradeHandler.from(jetty, all -> all.addMapping("/*", (request, response, callback) -> new JettySocket())));
        jetty.start();
        WebSocketConnectionCallback undertow = (exchange, channel) -> {
            channel.getReceiveSetter().set(new AbstractReceiveListener() {
                @Override protected void onFullTextMessage(WebSocketChannel socket, BufferedTextMessage length) {
                    WebSockets.sendText(answer(length.getData()), socket, null);
                }
            });
            channel.resumeReceives();
        };
        Undertow.builder().addHttpListener(18972, "127.0.0.1", new WebSocketProtocolHandshakeHandler(undertow)
                .addExtension(new PerMessageDeflateHandshake())).build().start();
        new WebSocketServer(new InetSocketAddress("127.0.0.1", 18973), List.of(new Draft_6455(new PerMessageDeflateExtension()))) {
            @Override public void onOpen(WebSocket socket, ClientHandshake handshake) {}
            @Override public void onClose(WebSocket socket, int code, String reason, boolean remote) {}
            @Override public void onMessage(WebSocket socket, String length) { socket.send(answer(length)); }
            @Override public void onError(WebSocket socket, Exception problem) {}
            @Override public void onStart() {}
        }.start();
        new ServerBootstrap().group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())).channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(8192), new WebSocketServerCompressionHandler(0),
                                new WebSocketServerProtocolHandler("/", null, true), new SimpleChannelInboundHandler<TextWebSocketFrame>() {
                                    @Override protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame length) {
                                        ctx.writeAndFlush(new TextWebSocketFrame(answer(length.text())));
                                    }
                                });
                    }
                }).bind("127.0.0.1", 18974).sync();
    }
}
JAVA
cat >device.mjs <<'JS'
import { connect } from 'node:net';
import { constants, inflateRawSync } from 'node:zlib';
const pause = millis => new Promise(done => setTimeout(done, millis));
const inflate = (bytes, windowBits) => {
  const options = { windowBits, chunkSize: 64, finishFlush: constants.Z_SYNC_FLUSH };
  try { return inflateRawSync(Buffer.concat([bytes, Buffer.from([0, 0, 255, 255])]), options).length; } catch (error) { return error.code; }
};
const attempt = (port, length) => new Promise((done, failed) => {
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(10000, () => socket.destroy(new Error('nothing in 10 s')));
  socket.on('error', failed);
  socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n`
    + 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9\r\n\r\n');
  let head;
  let frame = Buffer.alloc(0);
  socket.on('data', data => {
    frame = Buffer.concat([frame, data]);
    if (!head && frame.includes('\r\n\r\n')) {
      head = frame.subarray(0, frame.indexOf('\r\n\r\n')).toString();
      frame = frame.subarray(head.length + 4);
      // FIN, text, masked with zeros
      socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | length.length, 0, 0, 0, 0]), Buffer.from(length)]));
    }
    if (!head || frame.length < 4) return;
    const short = frame[1] < 126;
    const end = short ? 2 + frame[1] : 4 + frame.readUInt16BE(2);
    if (frame.length < end) return;
    socket.destroy();
    const payload = frame.subarray(short ? 2 : 4, end);
    const agreed = /sec-websocket-extensions: *([^\r]*)/i.exec(head)?.[1] ?? 'no extension';
    const compressed = frame[0] & 0x40;
    const text = compressed ? `with 9 bits ${inflate(payload, 9)}, with 15 bits ${inflate(payload, 15)}` : `as it is ${payload.length}`;
    done({ agreed, text });
  });
});
for (let tries = 0; tries < 100; tries++) {
  try { await attempt(18974, '100'); break; } catch { await pause(200); }
}
let same = true;
for (const [name, port, keeps] of [['Jetty', 18971, false], ['Undertow', 18972, false], ['Java-WebSocket', 18973, false], ['Netty', 18974, true]]) {
  const near = await attempt(port, '100');
  const far = await attempt(port, '2000');
  console.log(`${name}: ${near.agreed}; 2 x 100: ${near.text}; 2 x 2000: ${far.text}`);
  same &&= keeps ? far.agreed === 'no extension' && far.text === 'as it is 4000'
    : !far.agreed.includes('window') && !near.text.includes('ERROR') && far.text === 'with 9 bits Z_DATA_ERROR, with 15 bits 4000';
}
process.exit(same ? 0 : 1);
JS
mvn -q dependency:copy-dependencies -DoutputDirectory=lib
java -cp "lib/*" Servers.java >servers.log 2>&1 &
servers=$!
timeout 60 node device.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
