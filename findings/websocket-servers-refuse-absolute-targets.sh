#!/bin/sh
# ws 8.23.0 and engine.io 6.6.13 (npm, Node.js 20 or newer), each serving one path; express-ws 5.0.2 and @fastify/websocket 11.3.7 beside them.
#
# Guess: an upgrade whose target has scheme and host (`GET http://gateway/xiaozhi/v1/ HTTP/1.1`), as a client writes it that takes the
#        server for its proxy, is served like `GET /xiaozhi/v1/`: every server has to take it (RFC 9112, 3.2.2).
# Seen:  ws answers 400, engine.io not at all: it drops the connection a second later. Both compare the whole target with their path. The
#        other two upgrade.
# Means: a device whose modem has a proxy set up (an APN's, say), or behind a balancer that passes the target on as it came, is refused
#        by the gateway, though the same URL works from everywhere else.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-fund --no-audit ws@8.23.0 engine.io@6.6.13 express@5.1.0 express-ws@5.0.2 fastify@5.12.8 \
  @fastify/websocket@11.3.7 >/dev/null
cat >targets.mjs <<'JS'
import { createServer } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import websocket from '@fastify/websocket';
import * as engine from 'engine.io';
import express from 'express';
import expressWs from 'express-ws';
import fastify from 'fastify';
import { WebSocketServer } from 'ws';
const path = '/xiaozhi/v1/';
const upgrade = target => `GET ${target} HTTP/1.1\r\nHost: gateway.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`
  + 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const answer = (port, target) => new Promise(done => {
  const socket = connect(port, '127.0.0.1', () => socket.write(upgrade(target)));
  socket.once('data', bytes => { done(String(bytes).split(' ')[1]); socket.destroy(); });
  socket.on('close', () => done('closed'));
  socket.on('error', () => {});
});
const servers = { ws: createServer(), 'engine.io': createServer(), 'express-ws': createServer() };
new WebSocketServer({ server: servers.ws, path });
engine.attach(servers['engine.io'], { path, transports: ['websocket'] });
const app = express();
expressWs(app, servers['express-ws']);
servers['express-ws'].on('request', app);
app.ws(path, () => {});
const fast = fastify();
await fast.register(websocket);
fast.get(path, { websocket: true }, () => {});
await fast.ready();
servers['@fastify/websocket'] = fast.server;
const expected = { ws: '400', 'engine.io': 'closed', 'express-ws': '101', '@fastify/websocket': '101' };
for (const [name, server] of Object.entries(servers)) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const query = name === 'engine.io' ? '?EIO=4&transport=websocket' : '';
  const { port } = server.address();
  const short = await answer(port, path + query);
  const whole = await answer(port, `http://gateway.test${path}${query}`);
  console.log(`${name}: ${short} to the path, ${whole} to the whole URL`);
  if (short !== '101' || whole !== expected[name]) {
    console.log('  another behaviour than described');
    process.exitCode = 1;
  }
}
process.exit();
JS
timeout 60 node targets.mjs
