#!/bin/sh
# lighttpd 1.4.69 with mod_wstunnel, websockify 0.10.0 (Debian 12): MQTT over WebSocket for a broker that has only TCP (here aedes 1.2.0).
#
# Guess: the tunnel agrees to the subprotocol that the client asks for, mqtt, or names none, and the client gets through.
# Seen:  lighttpd names `binary` whatever was asked, also where nothing was: clients that check end there (ws, MQTT.js, browsers), those
#        that do not are served. websockify answers 400 to mqtt and serves who asks for nothing. Only `binary` goes with both.
# Means: a device that ignores the subprotocol of the answer works through lighttpd, and the web page beside it does not; through
#        websockify the client that asks for mqtt, as the standard wants it, is the one that fails.
set -eu
dir=$(mktemp -d)
trap 'kill "$broker" "$lighttpd" "$websockify" 2>/dev/null; rm -rf "$dir"' EXIT
broker='' lighttpd='' websockify=''
cd "$dir"
apt-get -q download lighttpd=1.4.69-1 python3-websockify=0.10.0+dfsg1-4+b1 python3-jwcrypto >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit aedes@1.2.0 ws@8.23.0 >/dev/null
cat >broker.mjs <<'JS'
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
createServer((await Aedes.createBroker()).handle).listen(18986, '127.0.0.1');
JS
node broker.mjs >broker.log 2>&1 &
broker=$!
cat >lighttpd.conf <<CONF
server.document-root = "$dir"
server.bind = "127.0.0.1"
server.port = 18987
server.modules = ("mod_wstunnel")
wstunnel.server = ("/mqtt" => (("host" => "127.0.0.1", "port" => 18986)))
wstunnel.frame-type = "binary"
CONF
root/usr/sbin/lighttpd -D -m "$dir/root/usr/lib/lighttpd" -f lighttpd.conf >lighttpd.log 2>&1 &
lighttpd=$!
# Debian's own Python, since the packages are for that
PYTHONPATH=$dir/root/usr/lib/python3/dist-packages /usr/bin/python3 -m websockify 127.0.0.1:18988 127.0.0.1:18986 >websockify.log 2>&1 &
websockify=$!
cat >tunnels.mjs <<'JS'
import { get } from 'node:http';
import { connect as open } from 'node:net';
import WebSocket from 'ws';
const pause = millis => new Promise(done => setTimeout(done, millis));
// CONNECT of MQTT 3.1.1: clean session, keep-alive 60 s, client id "abc"
const connect = Buffer.from('100f00044d5154540402003c0003616263', 'hex');
const answer = (port, subprotocol) => new Promise((done, failed) => {
  const headers = { Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Version': 13, 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==' };
  if (subprotocol) headers['Sec-WebSocket-Protocol'] = subprotocol;
  const request = get({ host: '127.0.0.1', port, path: '/mqtt', headers }, response => {
    response.resume();
    done(`${response.statusCode}`);
  });
  request.on('error', failed);
  request.on('upgrade', (response, socket) => {
    socket.destroy();
    done(`101 ${response.headers['sec-websocket-protocol'] ?? 'without one'}`);
  });
});
const checked = (port, subprotocols) => new Promise(done => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/mqtt`, subprotocols);
  socket.on('error', error => done(error.message));
  socket.on('open', () => socket.send(connect));
  socket.on('message', bytes => {
    socket.close();
    done(`CONNACK ${bytes.toString('hex')}`);
  });
});
// the broker first: for some seconds after a failure lighttpd does not try it again
const listens = port => new Promise(done => open(port, '127.0.0.1').on('connect', () => done(true)).on('error', () => done(false)));
for (let tries = 0; tries < 100 && !await listens(18986); tries++) await pause(100);
for (const port of [18987, 18988]) {
  for (let tries = 0; tries < 100 && !await answer(port, 'binary').catch(() => false); tries++) await pause(100);
}
const seen = [];
for (const [name, port] of [['lighttpd', 18987], ['websockify', 18988]]) {
  for (const subprotocol of ['mqtt', undefined, 'binary']) {
    const [said, came] = [await answer(port, subprotocol), await checked(port, subprotocol ? [subprotocol] : [])];
    console.log(`${name}, asked for ${subprotocol ?? 'nothing'}: ${said}; ws: ${came}`);
    seen.push(said, came.startsWith('CONNACK'));
  }
}
const described = ['101 binary', false, '101 binary', false, '101 binary', true, '400', false, '101 without one', true, '101 binary', true];
process.exit(seen.join() === described.join() ? 0 : 1);
JS
timeout 50 node tunnels.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
