#!/bin/sh
# @fastify/http-proxy 11.6.3 in front of a WebSocket server (npm, Node.js 20 or newer).
#
# Guess: a WebSocket handshake goes through as any request does: the server sees the device's headers, the device sees what the
#        server answers, 101 or 401, and frames come out as they went in.
# Seen:  the proxy answers 101 by itself before it has asked the server, with a handshake of its own: Authorization, Device-Id and
#        the other headers of the device are gone. A server's 401 or 503 becomes 101 and a close frame 1011 "unexpected response",
#        a server that does not answer becomes 101 and silence; a message in two fragments arrives as one frame.
# Means: behind it a device never hears why it was refused (its log says connected, then closed), a server that reads the
#        token from the header refuses everybody, and a health check that waits for 101 stays green without a server.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-fund --no-audit fastify@5.12.8 @fastify/http-proxy@11.6.3 >/dev/null
cat >proxied.mjs <<'JS'
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import Fastify from 'fastify';
import proxy from '@fastify/http-proxy';
const pause = millis => new Promise(done => setTimeout(done, millis));
let answer, asked, frames;
const server = createServer();
server.on('upgrade', (request, socket) => {
  asked = request.headers;
  frames = [];
  socket.on('data', bytes => frames.push((bytes[0] & 0x8f).toString(16).padStart(2, '0')));
  socket.on('error', () => {});
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  if (answer === 101) {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${accept.digest('base64')}\r\n\r\n`);
  } else if (answer) {
    socket.end(`HTTP/1.1 ${answer} No\r\nConnection: close\r\nContent-Length: 9\r\n\r\nbad token`);
  }
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const front = Fastify();
front.register(proxy, { upstream: `http://127.0.0.1:${server.address().port}`, websocket: true });
await front.listen({ host: '127.0.0.1', port: 0 });
const handshake = 'GET /xiaozhi/v1/ HTTP/1.1\r\nHost: gateway.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nAuthorization: Bearer secret\r\n' +
  'Protocol-Version: 1\r\nDevice-Id: aa:bb:cc:dd:ee:ff\r\nClient-Id: 7b94d69a\r\n\r\n';
const device = async (wanted, ...sent) => {
  answer = wanted;
  asked = undefined;
  let read = Buffer.alloc(0);
  const socket = connect(front.server.address().port, '127.0.0.1');
  socket.on('data', bytes => { read = Buffer.concat([read, bytes]); });
  socket.write(handshake);
  await pause(500);
  for (const frame of sent) { socket.write(Buffer.from(frame)); await pause(100); }
  socket.destroy();
  const end = read.indexOf('\r\n\r\n') + 4;
  const close = read[end] === 0x88 ? `, close ${read.readUInt16BE(end + 2)} "${read.subarray(end + 4)}"` : '';
  return read.toString('latin1', 9, 12) + close;
};
const seen = {};
seen['server answers 101'] = await device(101, [0x01, 0x81, 0, 0, 0, 0, 0x61], [0x80, 0x81, 0, 0, 0, 0, 0x62]);
seen['headers at the server'] = ['authorization', 'device-id', 'client-id', 'protocol-version'].filter(name => asked[name]).join() || 'none';
seen['first bytes of frames at the server'] = frames.join();
seen['server answers 401'] = await device(401);
seen['server answers 503'] = await device(503);
seen['server is silent'] = await device(undefined);
for (const [what, was] of Object.entries(seen)) console.log(`${what}: ${was}`);
process.exit(Object.values(seen).join('; ') === '101; none; 81; 101, close 1011 "unexpected response"; ' +
  '101, close 1011 "unexpected response"; 101' ? 0 : 1);
JS
timeout 60 node proxied.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
