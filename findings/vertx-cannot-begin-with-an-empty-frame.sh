#!/bin/sh
# Vert.x 5.0.7 (vertx-core) as the server, a JDK and Maven; ws 8.23.0 (Node.js 20 or newer) as the client, without compression, and as a server
# beside it.
#
# Guess: a message whose first frame is empty (RFC 6455, section 5.4, sets no least size) reaches textMessageHandler as any other.
# Seen:  Vert.x throws IndexOutOfBoundsException inside, hands over nothing, and nothing that comes later on that connection, which stays
#        open. An empty frame in the middle or at the end does no harm, nor does an empty message. ws reads all of them.
# Means: a sender that opens a message before it has anything to say (a stream, send('', { fin: false })) goes silent at such a server, and
#        neither end is told but by the server's log. frameHandler sees every frame.
set -eu
dir=$(mktemp -d)
trap 'kill $jobs 2>/dev/null; rm -rf "$dir"' EXIT
jobs=
cd "$dir"
npm install --silent --no-fund --no-audit ws@8.23.0 >/dev/null
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId>
<version>1</version><dependencyManagement><dependencies><dependency><groupId>io.vertx</groupId><artifactId>vertx-stack-depchain</artifactId>
<version>5.0.7</version><type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement><dependencies>
<dependency><groupId>io.vertx</groupId><artifactId>vertx-core</artifactId></dependency></dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat >Server.java <<'JAVA'
import io.vertx.core.Vertx;
public class Server {
    public static void main(String[] none) {
        Vertx.vertx().createHttpServer()
                .webSocketHandler(socket -> socket.textMessageHandler(text -> socket.writeTextMessage("[" + text + "]")))
                .listen(18988, "127.0.0.1");
    }
}
JAVA
javac -cp 'lib/*' Server.java
java -cp 'lib/*:.' Server >vertx.log 2>&1 &
jobs=$!
cat >control.mjs <<'JS'
import { WebSocketServer } from 'ws';
new WebSocketServer({ host: '127.0.0.1', port: 18989 }).on('connection', socket => socket.on('message', bytes => socket.send(`[${bytes}]`)));
JS
node control.mjs &
jobs="$jobs $!"
sleep 4
cat >client.mjs <<'JS'
import { WebSocket } from 'ws';
const messages = { 'empty message': [''], 'empty in the middle': ['hel', '', 'lo'], 'empty at the end': ['hello', ''], 'empty at the beginning': ['', 'hello'] };
for (const [server, port] of [['Vert.x', 18988], ['ws', 18989]]) {
  for (const [name, frames] of Object.entries(messages)) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
    const got = [];
    const state = await new Promise(done => {
      socket.on('open', () => {
        frames.forEach((text, i) => socket.send(text, { fin: i === frames.length - 1 }));
        socket.send('next');
      });
      socket.on('message', bytes => { got.push(String(bytes)); if (got.length === 2) done('open'); });
      socket.on('close', () => done('closed'));
      setTimeout(() => done(socket.readyState === WebSocket.OPEN ? 'open' : 'closed'), 4000);
    });
    socket.terminate();
    const seen = `${got.join(' ') || 'nothing'}, ${state}`;
    console.log(`${server}, ${name}: ${seen}`);
    const lost = server === 'Vert.x' && name === 'empty at the beginning';
    if (seen !== (lost ? 'nothing, open' : `[${frames.join('')}] [next], open`)) {
      console.log('  another behaviour than described');
      process.exitCode = 1;
    }
  }
}
process.exit();
JS
timeout 60 node client.mjs
grep -q IndexOutOfBoundsException vertx.log || { echo '  no exception in the log'; exit 1; }
