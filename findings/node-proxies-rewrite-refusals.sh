#!/bin/sh
# http-proxy 1.18.1 and http-proxy-3 2.0.1 in front of a WebSocket server that refuses (npm, Node.js 20 or newer); httpxy 0.5.6 and
# http-proxy-middleware 4.2.1 as controls.
#
# Guess: when the server refuses the handshake, its answer comes through unharmed, as every other answer does.
# Seen:  http-proxy keeps the line "transfer-encoding: chunked" and takes the chunks away: the text follows bare, and Node's own client
#        stops with HPE_INVALID_CHUNK_SIZE. http-proxy-3 adds "connection: Upgrade" to a 401 that had no Connection line. The
#        controls do neither (http-proxy-middleware before 4 stands on http-proxy).
# Means: a device behind http-proxy that reads the reason reports a parse error instead of the status, and a 401 that says
#        "connection: Upgrade" is no proof that anything was upgraded: only the status is.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-fund --no-audit http-proxy@1.18.1 http-proxy-3@2.0.1 httpxy@0.5.6 http-proxy-middleware@4.2.1 >/dev/null
cat >refused.mjs <<'JS'
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import httpProxy from 'http-proxy';
import { createProxyServer as createThird } from 'http-proxy-3';
import { createProxyServer as createXy } from 'httpxy';
import { createProxyMiddleware } from 'http-proxy-middleware';
let answer;
const server = createServer().on('upgrade', (_, socket) => socket.end(answer));
await new Promise(done => server.listen(0, '127.0.0.1', done));
const target = `http://127.0.0.1:${server.address().port}`;
const xy = createXy({ target, ws: true });
const proxies = {
  'http-proxy': httpProxy.createProxyServer({ target, ws: true }),
  'http-proxy-middleware': { ws: createProxyMiddleware({ target, ws: true }).upgrade },
  'http-proxy-3': createThird({ target, ws: true }),
  httpxy: { ws: (request, socket, head) => xy.ws(request, socket, {}, head) },
};
const handshake = 'GET / HTTP/1.1\r\nHost: gateway.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
const bytes = port => new Promise(done => {
  let text = '';
  connect(port, '127.0.0.1').on('data', read => { text += read; }).on('end', () => done(text)).write(handshake);
});
const parsed = port => new Promise(done => request({
  port, headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version': 13 },
}, response => response.on('error', failure => done(failure.code)).on('end', () => done('read')).resume())
  .on('error', failure => done(failure.code)).end());
const seen = {};
for (const [name, proxy] of Object.entries(proxies)) {
  const front = createServer().on('upgrade', (request, socket, head) => proxy.ws(request, socket, head));
  await new Promise(done => front.listen(0, '127.0.0.1', done));
  const { port } = front.address();
  answer = 'HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n4\r\nfull\r\n0\r\n\r\n';
  const [head, ...body] = (await bytes(port)).split('\r\n\r\n');
  const chunked = /transfer-encoding: chunked/i.test(head);
  const byNode = await parsed(port);
  answer = 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 9\r\n\r\nbad token';
  const upgrade = /connection: *upgrade/i.test(await bytes(port));
  seen[name] = `${chunked ? 'chunked' : 'plain'} ${JSON.stringify(body.join('|'))} ${byNode}, Connection: Upgrade ${upgrade ? 'added' : 'not added'}`;
  console.log(`${name}: ${seen[name]}`);
}
process.exit(seen['http-proxy'].startsWith('chunked "full" HPE_') && seen['http-proxy'].endsWith('not added') &&
  seen['http-proxy-3'] === 'chunked "4\\r\\nfull\\r\\n0|" read, Connection: Upgrade added' &&
  seen.httpxy === 'chunked "4\\r\\nfull\\r\\n0|" read, Connection: Upgrade not added' &&
  seen['http-proxy-middleware'] === seen.httpxy ? 0 : 1);
JS
timeout 60 node refused.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
