#!/bin/sh
# coap 1.5.0 (npm, Node.js 20 or newer); coap-server of libcoap 4.3.1 (Debian 12) beside it.
#
# Guess: an empty confirmable message (the CoAP ping that devices send to keep a NAT open) is answered by a reset, and a request with a
#        critical option that the server does not know by 4.02 (RFC 7252, 4.3 and 5.4.1).
# Seen:  node-coap hands both to the application as requests: the ping runs the handler of `/` and is answered 2.05 with content, the
#        unknown option is passed over. libcoap does as guessed.
# Means: behind such a gateway each keep-alive is a request (counted, logged, carried out, of method 0.00), a client that waits for the
#        reset holds the server for dead, and a device that relies on a critical option is answered as if it had been kept.
set -eu
dir=$(mktemp -d)
trap 'kill "$other" 2>/dev/null; rm -rf "$dir"' EXIT
other=
cd "$dir"
apt-get -q download libcoap3-bin=4.3.1-1 libcoap3=4.3.1-1 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
npm install --silent --no-fund --no-audit coap@1.5.0 >/dev/null
LD_LIBRARY_PATH=$(echo "$dir"/root/usr/lib/*-linux-gnu) root/usr/bin/coap-server-notls -A 127.0.0.1 -p 18969 >other.log 2>&1 &
other=$!
cat >ask.mjs <<'JS'
import { createSocket } from 'node:dgram';
import coap from 'coap';
const asked = [];
const server = coap.createServer((request, response) => {
  asked.push(`${request.code} ${request.url}`);
  response.end('hi');
});
await new Promise(done => server.listen(18968, '127.0.0.1', done));
const answer = (port, bytes) => new Promise(done => {
  const socket = createSocket('udp4');
  socket.once('message', packet => {
    const kind = ['CON', 'NON', 'ACK', 'RST'][packet[0] >> 4 & 3];
    done(`${kind} ${packet[1] >> 5}.${String(packet[1] & 31).padStart(2, '0')}`);
  });
  const ask = () => socket.send(bytes, port, '127.0.0.1');
  const again = setInterval(ask, 2000);
  ask();
  setTimeout(() => { clearInterval(again); socket.close(); done('nothing'); }, 7000).unref();
});
const ping = [0x40, 0x00, 0x00, 0x01];
const critical = [0x40, 0x01, 0x00, 0x02, 0xd0, 0x28]; // GET with option 53: odd, so critical, and no such option exists
const seen = {};
for (const [name, port] of [['node-coap', 18968], ['libcoap', 18969]]) {
  seen[name] = `ping ${await answer(port, Buffer.from(ping))}, critical option ${await answer(port, Buffer.from(critical))}`;
  console.log(`${name}: ${seen[name]}`);
}
console.log(`node-coap's handler was asked: ${asked.join(', ')}`);
if (seen['node-coap'] !== 'ping ACK 2.05, critical option ACK 2.05' || seen.libcoap !== 'ping RST 0.00, critical option ACK 4.02'
    || asked[0] !== '0.00 /') {
  console.log('another behaviour than described');
  process.exitCode = 1;
}
process.exit();
JS
timeout 60 node ask.mjs
