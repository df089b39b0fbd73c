#!/bin/sh
# netty 4.2.18 (codec-http, permessage-deflate), a JDK and Maven; ws 8.23.0 (Node.js 20 or newer) as a client, and as a server beside it.
#
# Guess: a message that was compressed and then cut into frames anywhere (RFC 7692, section 6.1) arrives whole.
# Seen:  where the first frame's bytes give no text yet (16 of 1,017 here: the tables come first), or none at all (ws: send('', { fin:
#        false }), then the rest), netty throws CodecException: cannot read uncompressed buffer, and the message is lost. Cut at 64 bytes
#        the same message arrives. ws reads all three.
# Means: a device or proxy whose frames are small loses a message at a netty server now and then, by what the message holds. Offer no
#        permessage-deflate where devices come (they have no use for it), or catch the exception and close.
set -eu
dir=$(mktemp -d)
trap 'kill $jobs 2>/dev/null; rm -rf "$dir"' EXIT
jobs=
cd "$dir"
npm install --silent --no-fund --no-audit ws@8.23.0 >/dev/null
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencies><dependency><groupId>io.netty</groupId><artifactId>netty-codec-http</artifactId>
<version>4.2.18.Final</version></dependency></dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat >Server.java <<'JAVA'
import static java.nio.charset.StandardCharsets.UTF_8;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.*;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.*;
import io.netty.handler.codec.http.websocketx.*;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
public class Server {
    public static void main(String[] none) throws Exception {
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(8192), new WebSocketServerCompressionHandler(0),
                                new WebSocketServerProtocolHandler("/", null, true), new Reader());
                    }
                })
                .bind("127.0.0.1", 18985).sync();
    }
    static class Reader extends SimpleChannelInboundHandler<WebSocketFrame> {
        final StringBuilder text = new StringBuilder();
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            text.append(frame.content().toString(UTF_8));
            if (frame.isFinalFragment()) context.writeAndFlush(new TextWebSocketFrame(text.toString()));
        }
        public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
            context.writeAndFlush(new TextWebSocketFrame(thrown.getMessage().replaceAll(".*: ", "")));
        }
    }
}
JAVA
javac -cp 'lib/*' Server.java
java -cp 'lib/*:.' Server >netty.log 2>&1 &
jobs=$!
cat >control.mjs <<'JS'
import { WebSocketServer } from 'ws';
new WebSocketServer({ host: '127.0.0.1', port: 18986, perMessageDeflate: true })
  .on('connection', socket => socket.on('message', bytes => socket.send(String(bytes))));
JS
node control.mjs &
jobs="$jobs $!"
sleep 4
cat >client.mjs <<'JS'
import { constants, deflateRawSync } from 'node:zlib';
import { WebSocket } from 'ws';
const readings = JSON.stringify(Array.from({ length: 200 }, (_, i) => ({ name: 'sensor' + i, value: (i * 7919) % 1000 / 10 })));
const compressed = deflateRawSync(readings, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
const frame = (head, bytes) => {
  const long = bytes.length > 125;
  const start = Buffer.alloc(long ? 8 : 6);
  start[0] = head;
  start[1] = 0x80 | (long ? 126 : bytes.length);
  if (long) start.writeUInt16BE(bytes.length, 2);
  return Buffer.concat([start, bytes]);
};
// By a mask of zeros, which changes nothing.
const cutAt = length => socket => {
  socket._socket.write(frame(0x41, compressed.subarray(0, length)));
  socket._socket.write(frame(0x80, compressed.subarray(length)));
};
const ways = {
  'cut at 64': [cutAt(64), readings],
  'cut at 16': [cutAt(16), readings],
  'empty first': [socket => { socket.send('', { fin: false }); socket.send('hello', { fin: true }); }, 'hello'],
};
for (const [server, port, works] of [['netty', 18985, ['cut at 64']], ['ws', 18986, Object.keys(ways)]]) {
  for (const [way, [send, message]] of Object.entries(ways)) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: true });
    const said = await new Promise(done => {
      socket.on('open', () => send(socket));
      socket.on('message', bytes => done(String(bytes)));
      socket.on('error', error => done(error.message));
      setTimeout(() => done('nothing'), 5000);
    });
    socket.terminate();
    const seen = said === message ? 'whole' : said.slice(0, 80);
    console.log(`${server}, ${way}: ${seen}`);
    if (seen !== (works.includes(way) ? 'whole' : 'cannot read uncompressed buffer')) {
      console.log('  another behaviour than described');
      process.exitCode = 1;
    }
  }
}
process.exit();
JS
timeout 60 node client.mjs
