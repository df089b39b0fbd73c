#!/bin/sh
# socat 1.7.4.4 (Debian 12), `UDP4-LISTEN:…,fork UDP4:…` between a device and its voice server. Node.js 20 plays both ends.
#
# Guess: an empty datagram, as some stacks send it to keep a NAT open, is relayed, or ignored as the manual says (under null-eof).
# Seen:  neither: it is taken for the end of the file. It is not relayed, the session is over in both directions half a second later, and
#        the device's next datagram reaches the server from another port. The same after an empty datagram of the server.
# Means: behind such a relay a keep-alive cuts the voice in one direction: the server goes on sending to the old port. A keep-alive
#        of one byte does not.
set -eu
dir=$(mktemp -d)
trap 'kill "$relay" 2>/dev/null; rm -rf "$dir"' EXIT
relay=
cd "$dir"
apt-get -q download socat=1.7.4.4-2 libwrap0 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
# -T: what it forks for a session outlives it otherwise
LD_LIBRARY_PATH=$(echo "$dir"/root/lib/*-linux-gnu) \
  root/usr/bin/socat -T 5 UDP4-LISTEN:18984,bind=127.0.0.1,fork UDP4:127.0.0.1:18985 >relay.log 2>&1 &
relay=$!
cat >voice.mjs <<'JS'
import { createSocket } from 'node:dgram';
const pause = millis => new Promise(done => setTimeout(done, millis));
const bound = port => new Promise(done => {
  const socket = createSocket('udp4').bind(port, '127.0.0.1', () => done(socket));
  socket.got = [];
  socket.on('message', (bytes, peer) => socket.got.push(peer));
});
const server = await bound(18985);
// Where it came from, or undefined, when nothing has come after 1.2 s.
const arrival = async (from, to, length, port) => {
  to.got = [];
  from.send(Buffer.alloc(length, 0x61), port, '127.0.0.1');
  await pause(1200);
  return to.got[0];
};
const session = async (length, fromServer) => {
  const device = await bound(0);
  const first = await arrival(device, server, 50, 18984);
  const between = fromServer ? await arrival(server, device, length, first.port) : await arrival(device, server, length, 18984);
  const down = await arrival(server, device, 50, first.port);
  const up = await arrival(device, server, 50, 18984);
  device.close();
  const port = up.port === first.port ? 'the same' : 'another';
  const answer = `${between ? 'relayed' : 'not relayed'}, ${down ? 'down arrives' : 'down lost'}, up from ${port} port`;
  console.log(`${length} bytes of the ${fromServer ? 'server' : 'device'}: ${answer}`);
  return answer;
};
await pause(500);
const goesOn = 'relayed, down arrives, up from the same port';
const ends = 'not relayed, down lost, up from another port';
let same = true;
for (const [length, fromServer] of [[1, false], [0, false], [1, true], [0, true]]) {
  same = await session(length, fromServer) === (length ? goesOn : ends) && same;
}
process.exit(same ? 0 : 1);
JS
timeout 60 node voice.mjs && echo "as described" || { echo "another behaviour than described"; exit 1; }
